using System.Text.Json.Nodes;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Api;

/// <summary>Reads a stream of server-sent events as a browser would.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventReader(HttpResponseMessage response, StreamReader reader)
    {
        _response = response;
        _reader = reader;
    }

    public string LastId { get; private set; } = string.Empty;

    public HttpResponseMessage Response => _response;

    public static async Task<EventReader> OpenAsync(HttpClient client, string topics, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events?topics={Uri.EscapeDataString(topics)}");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await (response.IsSuccessStatusCode ? Task.FromResult("") : response.Content.ReadAsStringAsync()));
        var reader = new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync()));

        // The first block tells the id from which a reader could go on.
        Assert.Null((await reader.BlockAsync())!.Value.Type);
        return reader;
    }

    /// <summary>The next event of a type; null at the end of the stream.</summary>
    public async Task<JsonNode?> NextAsync(string type, Func<JsonNode, bool>? which = null)
    {
        while (await BlockAsync() is { } block)
        {
            if (block.Type == type && (which is null || which(block.Data!)))
            {
                return block.Data;
            }
        }

        return null;
    }

    public async Task<(string? Type, JsonNode? Data)?> BlockAsync()
    {
        (string? Type, JsonNode? Data) block = (null, null);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Eventually.Limit);
        while (await _reader.ReadLineAsync(limit.Token) is { } line)
        {
            switch (line.Split(": ", 2))
            {
                case [""]:
                    return block;
                case ["id", var id]:
                    LastId = id;
                    break;
                case ["event", var type]:
                    block.Type = type;
                    break;
                case ["data", var data]:
                    block.Data = JsonNode.Parse(data);
                    break;
            }
        }

        return null;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }
}
