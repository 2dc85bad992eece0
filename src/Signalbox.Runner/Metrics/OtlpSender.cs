using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Signalbox.Runner.Metrics;

/// <summary>Posts one body to an OTLP receiver; where the receiver asks for it, again.</summary>
/// <remarks>Source: https://github.com/open-telemetry/opentelemetry-proto/blob/v1.8.0/docs/specification.md#otlphttp</remarks>
internal sealed class OtlpSender(HttpClient http, TimeProvider clock)
{
    public const string Json = "application/json";
    private const int MaxAttempts = 3;
    private const int CompressFrom = 8 * 1024;
    private const int MaxAnswerBytes = 64 * 1024;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Sends JSON, compressed where that is worth it.</summary>
    public Task<OtlpSendResult> SendAsync(OtlpTarget target, ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        json.Length < CompressFrom
            ? SendAsync(target, new OtlpBody(json, Json, null), cancellationToken)
            : SendAsync(target, new OtlpBody(Compress(json), Json, "gzip"), cancellationToken);

    /// <summary>Sends a body as it is.</summary>
    public async Task<OtlpSendResult> SendAsync(OtlpTarget target, OtlpBody body, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            var (result, retryAfter) = await TryAsync(target, body, cancellationToken);
            if (retryAfter is null || attempt == MaxAttempts)
            {
                return result;
            }

            await Task.Delay(retryAfter > pause ? retryAfter.Value : pause, clock, cancellationToken);
            pause *= 2;
        }
    }

    private static ReadOnlyMemory<byte> Compress(ReadOnlyMemory<byte> body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body.Span);
        }

        return packed.GetBuffer().AsMemory(0, (int)packed.Length);
    }

    private async Task<(OtlpSendResult Result, TimeSpan? RetryAfter)> TryAsync(OtlpTarget target, OtlpBody body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, target.Address) { Content = new ReadOnlyMemoryContent(body.Bytes) };
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(body.ContentType);
            if (body.ContentEncoding is not null)
            {
                request.Content.Headers.ContentEncoding.Add(body.ContentEncoding);
            }

            foreach (var header in target.Headers)
            {
                var value = header.File is null ? header.Value : (await File.ReadAllTextAsync(header.File, cancellationToken)).TrimEnd('\r', '\n');
                request.Headers.TryAddWithoutValidation(header.Name, value);
            }

            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return await ReadAsync(response, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return (new OtlpSendResult(PublishOutcome.Failed, exception.Message), null);
        }
        catch (HttpRequestException exception)
        {
            return (new OtlpSendResult(PublishOutcome.Failed, exception.Message), TimeSpan.Zero);
        }
    }

    private async Task<(OtlpSendResult Result, TimeSpan? RetryAfter)> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        switch (response.StatusCode)
        {
            case var code when (int)code is >= 200 and < 300:
                return (new OtlpSendResult(PublishOutcome.Taken, await RejectionAsync(response, cancellationToken)), null);
            case HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.NotImplemented:
                return (new OtlpSendResult(PublishOutcome.NotSupported, await AnswerText.OfAsync(response, cancellationToken)), null);
            case HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout:
                var after = response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date is { } date ? date - clock.GetUtcNow() : TimeSpan.Zero);
                return (new OtlpSendResult(PublishOutcome.Failed, await AnswerText.OfAsync(response, cancellationToken)), after < TimeSpan.Zero ? TimeSpan.Zero : after);
            default:
                return (new OtlpSendResult(PublishOutcome.Failed, await AnswerText.OfAsync(response, cancellationToken)), null);
        }
    }

    /// <summary>What a receiver that took the request did not take of it.</summary>
    private static async Task<string?> RejectionAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != Json || response.Content.Headers.ContentLength > MaxAnswerBytes)
        {
            return null;
        }

        try
        {
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, cancellationToken);
            await using var answer = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var document = await JsonDocument.ParseAsync(answer, cancellationToken: cancellationToken);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("partialSuccess", out var partial)
                && partial.ValueKind == JsonValueKind.Object
                && partial.TryGetProperty("errorMessage", out var message)
                && message.GetString() is { Length: > 0 } text
                    ? $"Taken in part: {text[..Math.Min(text.Length, 300)]}"
                    : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or HttpRequestException)
        {
            return "The receiver said that it took the request, and its answer is not that of OTLP.";
        }
    }
}

/// <summary>A body as it goes over the wire.</summary>
/// <param name="ContentEncoding">Null: plain.</param>
internal sealed record OtlpBody(ReadOnlyMemory<byte> Bytes, string ContentType, string? ContentEncoding);

/// <summary>What a receiver made of a body.</summary>
/// <param name="Detail">Why not, or what not; null when all is well.</param>
internal sealed record OtlpSendResult(PublishOutcome Outcome, string? Detail);
