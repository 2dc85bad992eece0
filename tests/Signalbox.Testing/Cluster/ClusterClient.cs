using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signalbox.Testing.Cluster;

/// <summary>Talks to whichever server of a cluster answers.</summary>
public sealed class ClusterClient : IDisposable
{
    private readonly HttpClient[] _clients;

    public ClusterClient(IEnumerable<Uri> servers, string token) => _clients =
    [
        .. servers.Select(server =>
        {
            var client = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromSeconds(60) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return client;
        }),
    ];

    /// <exception cref="InvalidOperationException">No server answered well; the message carries the last answer.</exception>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        var last = "nobody answered";
        foreach (var client in _clients)
        {
            try
            {
                using var request = new HttpRequestMessage(method, path);
                request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
                using var answer = await client.SendAsync(request, cancellationToken);
                var text = await answer.Content.ReadAsStringAsync(cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return text.Length == 0 ? default : JsonElement.Parse(text);
                }

                last = $"{(int)answer.StatusCode} {text}";
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                last = exception.Message;
            }
        }

        throw new InvalidOperationException($"{method} {path}: {last}");
    }

    /// <summary>All pages of a list.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string path, CancellationToken cancellationToken)
    {
        var items = new List<JsonElement>();
        string? after = null;
        do
        {
            var page = await SendAsync(HttpMethod.Get, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=1000{(after is null ? string.Empty : $"&after={Uri.EscapeDataString(after)}")}", body: null, cancellationToken);
            items.AddRange(page.GetProperty("items").EnumerateArray());
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);

        return items;
    }

    public void Dispose()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }
    }
}
