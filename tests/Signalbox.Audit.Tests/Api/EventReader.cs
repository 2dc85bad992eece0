using System.Text.Json.Nodes;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Audit.Tests.Api;

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

    public static async Task<EventReader> OpenAsync(HttpClient client, string topics)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events?topics={Uri.EscapeDataString(topics)}");
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        var reader = new EventReader(response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));

        // The first block tells the id from which a reader could go on.
        Assert.Null((await reader.BlockAsync()).Type);
        return reader;
    }

    /// <summary>The next event that is not there to keep the stream alive.</summary>
    public async Task<(string Type, JsonNode Data)> NextAsync()
    {
        while (true)
        {
            var (type, data) = await BlockAsync();
            if (type is not null && data is not null)
            {
                return (type, data);
            }
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }

    private async Task<(string? Type, JsonNode? Data)> BlockAsync()
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
                case ["event", var type]:
                    block.Type = type;
                    break;
                case ["data", var data]:
                    block.Data = JsonNode.Parse(data);
                    break;
            }
        }

        throw new EndOfStreamException("The stream has ended.");
    }
}
