using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Ingest.Intake;

/// <summary>The one way that samples take into the store: appends them, counts what became of them, and remembers who sent them.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class MetricIntake(IMetricStore store, SourceTable sources, RefusalCounts refusals, IngestMetrics metrics, TimeProvider clock)
{
    /// <param name="alreadyRejected">Samples that the decoder left out before the batch.</param>
    /// <param name="firstFault">One sentence about the first of those, or null.</param>
    /// <exception cref="MetricStoreUnavailableException">Nothing was kept; the sender should try again.</exception>
    public async ValueTask<IntakeOutcome> AppendAsync(
        IngestSource source, MetricBatch batch, long alreadyRejected, string? firstFault, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        AppendOutcome outcome;
        try
        {
            outcome = await store.AppendAsync(source.Tenant, batch, cancellationToken);
        }
        catch (MetricStoreUnavailableException exception)
        {
            metrics.Failed(source.Kind, IngestOutcome.Unavailable);
            sources.Record(source, 0, 0, succeeded: false, exception.Message);
            throw;
        }

        foreach (var rejection in outcome.Rejections)
        {
            refusals.Add(source.Tenant, RefusalCounts.LimitOf(rejection.Reason), rejection.Count);
        }

        var rejected = outcome.Rejected + alreadyRejected;
        var message = rejected == 0 ? null : RejectionText.Of(rejected, outcome, firstFault);
        metrics.Appended(source.Kind, outcome.Accepted, rejected, clock.GetElapsedTime(started));
        sources.Record(source, outcome.Accepted, rejected, succeeded: true, message);
        return new IntakeOutcome(outcome.Accepted, rejected, message);
    }

    /// <summary>Counts what a limit of the request as a whole refused.</summary>
    /// <param name="count">Samples, or requests where the samples are not known.</param>
    public void Refuse(IngestSource source, string limit, long count) => refusals.Add(source.Tenant, limit, count);

    /// <summary>Notes a request or a scrape that never got as far as the store.</summary>
    public void Fail(IngestSource source, IngestOutcome outcome, string error)
    {
        metrics.Failed(source.Kind, outcome);
        sources.Record(source, 0, 0, succeeded: false, error);
    }
}

/// <summary>What became of the samples of one request.</summary>
/// <param name="Message">Names the limits that refused samples and how many; null when none was refused.</param>
internal sealed record IntakeOutcome(long Accepted, long Rejected, string? Message);
