using System.Globalization;
using System.Text;
using Signalbox.Server.Ingest.Intake;
using Signalbox.Server.Platform.Access;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Otlp;
using Signalbox.Telemetry.Wire;

namespace Signalbox.Server.Ingest.Otlp;

/// <summary>Takes OTLP metrics, whichever transport and encoding they came in.</summary>
/// <remarks>
/// What the store or the translation refuses is a partial success, which the sender does not send again; what may go well later is an error that it may retry.
/// Refused samples of histograms are counted as points as far as the request has points, because one point becomes several samples.
/// Source: https://github.com/open-telemetry/opentelemetry-proto/blob/v1.8.0/docs/specification.md
/// </remarks>
internal sealed class OtlpMetricsReceiver(MetricIntake intake, IngestGate gate, IngestLimits limits, IngestMetrics metrics, OtlpMetricTranslator translator)
{
    private static readonly TimeSpan StoreRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Serves one request: waits for its turn, reads it, decodes it and appends it.</summary>
    /// <param name="read">Reads and decompresses the message.</param>
    public async Task<OtlpOutcome> ReceiveAsync(OtlpSender sender, Func<int, CancellationToken, ValueTask<PooledBytes>> read, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(sender.Principal.Tenant, cancellationToken);
        if (turn is null)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"Too many ingest requests at once ({LimitNames.MaxConcurrentRequests} = {limits.MaxConcurrentRequests}, {LimitNames.MaxWaitingRequests} = {limits.MaxWaitingRequests}).");
            intake.Fail(sender.Source(null), IngestOutcome.Busy, text);
            return new OtlpOutcome.ComeBack(text, IngestGate.RetryAfter);
        }

        try
        {
            using var message = await read(limits.OtlpMaxBodyBytes, cancellationToken);
            metrics.Received(sender.Kind, message.Length);
            return await TakeAsync(sender, message, cancellationToken);
        }
        catch (WireLimitException exception) when (exception.LimitName == BoundedDecompression.LimitName)
        {
            intake.Refuse(sender.Source(null), LimitNames.OtlpMaxBodyBytes, 1);
            var text = string.Create(CultureInfo.InvariantCulture, $"The request is too large: {LimitNames.OtlpMaxBodyBytes} = {limits.OtlpMaxBodyBytes}.");
            intake.Fail(sender.Source(null), IngestOutcome.TooLarge, text);
            return new OtlpOutcome.TooLarge(text);
        }
        catch (WireFormatException exception)
        {
            intake.Fail(sender.Source(null), IngestOutcome.Malformed, exception.Message);
            return new OtlpOutcome.Malformed(exception.Message);
        }
        catch (MetricStoreUnavailableException exception)
        {
            return new OtlpOutcome.ComeBack(exception.Message, StoreRetryAfter);
        }
    }

    private async Task<OtlpOutcome> TakeAsync(OtlpSender sender, PooledBytes message, CancellationToken cancellationToken)
    {
        var data = new OtlpMetricsData();
        if (sender.Encoding == OtlpEncoding.Json)
        {
            OtlpMetricsReader.ReadJson(message.Span, data);
        }
        else
        {
            OtlpMetricsReader.ReadProtobuf(message.Span, data);
        }

        metrics.ExemplarsDropped(sender.Kind, data.ExemplarCount);

        // Before the translation, because that adds delta points up.
        if (data.PointCount > limits.MaxSamplesPerRequest)
        {
            return RefuseAll(sender.Source(null), data.PointCount);
        }

        using var batch = new MetricBatch();
        var translation = translator.Translate(sender.Principal.Tenant, data, batch);
        var source = sender.Source(JobOf(batch));
        if (batch.SampleCount > limits.MaxSamplesPerRequest)
        {
            return RefuseAll(source, data.PointCount);
        }

        var outcome = await intake.AppendAsync(source, batch, translation.RejectedPoints, translation.Message, cancellationToken);
        return new OtlpOutcome.Taken(Math.Min(outcome.Rejected, data.PointCount), outcome.Message);
    }

    private OtlpOutcome.Taken RefuseAll(IngestSource source, int points)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"The request brings more samples than {LimitNames.MaxSamplesPerRequest} = {limits.MaxSamplesPerRequest}; none was kept.");
        intake.Refuse(source, LimitNames.MaxSamplesPerRequest, points);
        intake.Fail(source, IngestOutcome.TooLarge, text);
        return new OtlpOutcome.Taken(points, text);
    }

    /// <summary>The job of the first series that has one: the name of the service that sent it.</summary>
    private static string? JobOf(MetricBatch batch)
    {
        for (var series = 0; series < Math.Min(batch.SeriesCount, 10); series++)
        {
            var key = batch.KeyOf(series);
            while (!key.IsEmpty)
            {
                var isJob = SeriesKey.ReadPart(ref key).SequenceEqual("job"u8);
                var value = SeriesKey.ReadPart(ref key);
                if (isJob)
                {
                    return Encoding.UTF8.GetString(value);
                }
            }
        }

        return null;
    }
}

/// <summary>The encodings of OTLP messages.</summary>
internal enum OtlpEncoding
{
    Protobuf,
    Json,
}

/// <summary>Who sends an OTLP request, over which transport and in which encoding.</summary>
internal sealed record OtlpSender(SourceKind Kind, OtlpEncoding Encoding, Principal Principal, string Address)
{
    private const int MaxNameLength = 200;

    /// <param name="service">What the sender calls itself; null before that is known.</param>
    public IngestSource Source(string? service) =>
        new(Principal.Tenant, Kind, service is { Length: > 0 and <= MaxNameLength } ? service : "OTLP", Address, Principal.Name);
}
