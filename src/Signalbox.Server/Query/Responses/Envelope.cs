using System.IO.Compression;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Signalbox.Server.Query.Responses;

/// <summary>Streams one successful answer of Prometheus's API: <c>{"status":"success","data":…,"warnings":[…],"infos":[…]}</c>.</summary>
/// <remarks>What stands under <c>data</c> is written through <see cref="Json"/>; nothing is held in memory beyond a few tens of kilobytes.</remarks>
internal sealed class Envelope : IAsyncDisposable
{
    /// <summary>Bytes that may wait before they are sent; less than the server's own buffer, so that writing goes on while they are sent.</summary>
    private const int FlushAt = 24 * 1024;

    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly PipeWriter _pipe;
    private readonly GZipStream? _gzip;

    private Envelope(PipeWriter pipe, GZipStream? gzip)
    {
        _pipe = pipe;
        _gzip = gzip;
        Json = new Utf8JsonWriter(pipe, Options);
    }

    public Utf8JsonWriter Json { get; }

    /// <summary>Sends the headers and opens the answer up to <c>data</c>.</summary>
    /// <param name="worthCompressing">False for answers so small that compressing them costs more than it saves.</param>
    public static Envelope Begin(HttpContext context, bool worthCompressing)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/json";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        GZipStream? gzip = null;
        if (worthCompressing && AcceptsGzip(context.Request))
        {
            response.Headers.ContentEncoding = "gzip";
            gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        }

        var envelope = new Envelope(gzip is null ? response.BodyWriter : PipeWriter.Create(gzip, new StreamPipeWriterOptions(leaveOpen: true, minimumBufferSize: 16 * 1024)), gzip);
        envelope.Json.WriteStartObject();
        envelope.Json.WriteString("status"u8, "success"u8);
        envelope.Json.WritePropertyName("data"u8);
        return envelope;
    }

    /// <summary>Sends what has gathered, when that is much; call it after each row.</summary>
    /// <exception cref="OperationCanceledException">The client has left.</exception>
    public ValueTask YieldAsync(CancellationToken cancellationToken) =>
        Json.BytesPending + _pipe.UnflushedBytes < FlushAt ? ValueTask.CompletedTask : FlushAsync(cancellationToken);

    /// <summary>Closes the answer and sends the rest.</summary>
    public async ValueTask CompleteAsync(IReadOnlyList<string> warnings, IReadOnlyList<string> infos, CancellationToken cancellationToken)
    {
        WriteTexts("warnings", warnings);
        WriteTexts("infos", infos);
        Json.WriteEndObject();
        await FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Json.DisposeAsync();
        if (_gzip is not null)
        {
            await _pipe.CompleteAsync();
            await _gzip.DisposeAsync();
        }
    }

    private static bool AcceptsGzip(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(static coding => coding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && coding.Quality is null or > 0);

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        Json.Flush();
        var result = await _pipe.FlushAsync(cancellationToken);
        if (result.IsCompleted)
        {
            throw new OperationCanceledException("The client stopped reading.");
        }
    }

    private void WriteTexts(string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        Json.WriteStartArray(name);
        foreach (var text in texts)
        {
            Json.WriteStringValue(text);
        }

        Json.WriteEndArray();
    }
}
