using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Signalbox.Settings;

namespace Signalbox.Server.Platform.Client;

/// <summary>Talks to a running server for the command line.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="tenant">Null for the token's own.</param>
    public ApiClient(Uri server, string token, string? tenant = null)
    {
        _http = new HttpClient { BaseAddress = server, Timeout = TimeSpan.FromMinutes(5) };
        try
        {
            _http.DefaultRequestHeaders.UserAgent.ParseAdd("signalbox-cli/1.0");
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (tenant is not null)
            {
                _http.DefaultRequestHeaders.Add("X-Scope-OrgID", tenant);
            }
        }
        catch (FormatException exception)
        {
            throw new StartupException("The token or the tenant holds characters that cannot be sent, such as a line break. Check --token (SIGNALBOX_TOKEN) and --tenant (SIGNALBOX_TENANT).", exception);
        }
    }

    /// <summary>Sends a request; any status comes back.</summary>
    /// <param name="path">Relative to the server, without a leading slash.</param>
    /// <exception cref="StartupException">The server cannot be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new StartupException($"The server at {_http.BaseAddress} cannot be reached: {exception.Message} Is it running? Name another with --server.", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StartupException($"The server at {_http.BaseAddress} did not answer within {DurationText.Format(_http.Timeout)}.", exception);
        }
    }

    /// <summary>Sends and reads a JSON answer.</summary>
    /// <exception cref="StartupException">The server cannot be reached or answers with a problem; the message carries its detail and code.</exception>
    public async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, path, content, cancellationToken);
        await EnsureSuccessAsync(response, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        try
        {
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken)
                ?? throw new StartupException($"The server answered {path} with nothing.");
        }
        catch (JsonException exception)
        {
            throw new StartupException($"What listens at {_http.BaseAddress} does not answer as Signalbox does: {exception.Message} Is --server right?", exception);
        }
    }

    /// <exception cref="StartupException">The answer is a problem; the message carries its detail and code.</exception>
    public static async Task EnsureSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        throw new StartupException($"The server answered {(int)response.StatusCode}: {Describe(text)}");
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The one member that a problem is about, where the problem's own words do not begin with it.</summary>
    private static string? MemberOf(JsonElement problem, string detail) =>
        problem.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Object && errors.EnumerateObject().Select(static error => error.Name).Take(2).ToList() is [{ } member]
            && !detail.StartsWith(member, StringComparison.Ordinal)
            ? member
            : null;

    private static string Describe(string text)
    {
        try
        {
            using var problem = JsonDocument.Parse(text);
            var root = problem.RootElement;
            var detail = root.TryGetProperty("detail", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            detail ??= root.TryGetProperty("title", out value) && value.ValueKind == JsonValueKind.String ? value.GetString() : text;
            detail = MemberOf(root, detail!) is { } member ? $"{member}: {detail}" : detail;
            return root.TryGetProperty("code", out value) ? $"{detail} ({value})" : detail!;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return text.Length == 0 ? "(no text)" : text;
        }
    }
}
