using System.Globalization;
using Signalbox.Server.Ingest.Intake;
using Signalbox.Server.Platform.Access;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.RemoteWrite;
using Signalbox.Telemetry.Wire;

namespace Signalbox.Server.Ingest.RemoteWrite;

/// <summary>Takes remote-write requests, versions 1.0 and 2.0.</summary>
/// <remarks>
/// Bad data gets a 4xx, which makes the sender drop it; what may go well later gets 503 and Retry-After, which makes it try again.
/// When only some samples are bad the good ones are kept, and a 400 names what was refused.
/// Source: https://prometheus.io/docs/specs/prw/remote_write_spec/
/// </remarks>
internal sealed class RemoteWriteReceiver(MetricIntake intake, IngestGate gate, IngestLimits limits, IngestMetrics metrics)
{
    private static readonly TimeSpan StoreRetryAfter = TimeSpan.FromSeconds(5);

    public async Task<RemoteWriteReply> ReceiveAsync(HttpRequest request, Principal principal, CancellationToken cancellationToken)
    {
        var source = SourceOf(request, principal);
        if (RemoteWriteContentType.ProtocolOf(request.ContentType) is not { } protocol)
        {
            return Refuse(source, StatusCodes.Status415UnsupportedMediaType, $"Content-Type '{request.ContentType}' is not remote write; send {RemoteWriteContentType.V1} or {RemoteWriteContentType.V2}.");
        }

        if (request.Headers.ContentEncoding.ToString() is not "snappy" and var encoding)
        {
            return Refuse(source, StatusCodes.Status415UnsupportedMediaType, $"Content-Encoding '{encoding}' is not taken; remote write is sent with snappy.");
        }

        using var turn = await gate.EnterAsync(principal.Tenant, cancellationToken);
        if (turn is null)
        {
            intake.Fail(source, IngestOutcome.Busy, "Too many ingest requests at once.");
            return RemoteWriteReply.ComeBack($"Too many ingest requests at once ({LimitNames.MaxConcurrentRequests} = {limits.MaxConcurrentRequests}, {LimitNames.MaxWaitingRequests} = {limits.MaxWaitingRequests}).", IngestGate.RetryAfter);
        }

        using var batch = new MetricBatch();
        try
        {
            using var body = await RequestBody.ReadAsync(request, limits.RemoteWriteMaxBodyBytes, cancellationToken);
            metrics.Received(SourceKind.RemoteWrite, body.Length);
            var summary = RemoteWriteReader.ReadCompressed(body.Span, limits.RemoteWriteMaxBodyBytes, protocol, batch);
            return await StoreAsync(source, batch, summary, cancellationToken);
        }
        catch (WireLimitException exception) when (exception.LimitName == BoundedDecompression.LimitName)
        {
            intake.Refuse(source, LimitNames.RemoteWriteMaxBodyBytes, 1);
            return Refuse(source, StatusCodes.Status413PayloadTooLarge, LimitText("The request is too large", LimitNames.RemoteWriteMaxBodyBytes, limits.RemoteWriteMaxBodyBytes), IngestOutcome.TooLarge);
        }
        catch (WireFormatException exception)
        {
            return Refuse(source, StatusCodes.Status400BadRequest, exception.Message);
        }
        catch (MetricStoreUnavailableException exception)
        {
            return RemoteWriteReply.ComeBack(exception.Message, StoreRetryAfter);
        }
    }

    private async Task<RemoteWriteReply> StoreAsync(IngestSource source, MetricBatch batch, RemoteWriteSummary summary, CancellationToken cancellationToken)
    {
        if (batch.SampleCount > limits.MaxSamplesPerRequest)
        {
            intake.Refuse(source, LimitNames.MaxSamplesPerRequest, batch.SampleCount);
            return Refuse(
                source, StatusCodes.Status400BadRequest, LimitText($"The request brings {batch.SampleCount} samples, and none was kept", LimitNames.MaxSamplesPerRequest, limits.MaxSamplesPerRequest), IngestOutcome.TooLarge);
        }

        var outcome = await intake.AppendAsync(source, batch, summary.InvalidSamples, summary.FirstFault, cancellationToken);

        // The store says how many it kept, not which; where a request mixes both kinds, the refused count against the floats first.
        var histograms = Math.Min(summary.Histograms, outcome.Accepted);
        return new RemoteWriteReply(outcome.Message is null ? StatusCodes.Status204NoContent : StatusCodes.Status400BadRequest, outcome.Message)
        {
            HistogramsWritten = histograms,
            SamplesWritten = outcome.Accepted - histograms,
        };
    }

    private RemoteWriteReply Refuse(IngestSource source, int status, string text, IngestOutcome outcome = IngestOutcome.Malformed)
    {
        intake.Fail(source, outcome, text);
        return new RemoteWriteReply(status, text);
    }

    private static IngestSource SourceOf(HttpRequest request, Principal principal)
    {
        var agent = request.Headers.UserAgent.ToString();
        return new IngestSource(principal.Tenant, SourceKind.RemoteWrite, agent.Length is 0 or > 100 ? "remote-write" : agent, RequestBody.AddressOf(request.HttpContext), principal.Name);
    }

    private static string LimitText(string what, string limit, long value) => string.Create(CultureInfo.InvariantCulture, $"{what}: {limit} = {value}.");
}
