using Signalbox.Server.Audit.Records;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Lets records into the queue, and counts those for which there is no room. Thread-safe.</summary>
internal sealed class Intake(AuditQueue queue, Losses losses, SequencerState state, SequencingMetrics metrics, SequencingOptions options, TimeProvider clock)
{
    /// <summary>Never waits.</summary>
    public void Add(PreparedRecord record)
    {
        if (!queue.TryAdd(Submission.Of(record)))
        {
            losses.Add(record.Tenant, queue.IsClosed ? LossReason.Shutdown : state.IsFailing ? LossReason.Database : LossReason.Overflow, 1);
        }
    }

    /// <summary>Counts an event that could not be made into a record.</summary>
    public void Lose(string tenant) => losses.Add(tenant, LossReason.Error, 1);

    /// <summary>Returns once all of them are durable.</summary>
    /// <param name="records">Of one tenant; none twice.</param>
    /// <exception cref="AuditBusyException">There is no room, or the log cannot be written in time; then it may still take them, so their ids make a second try safe.</exception>
    public async Task<AppendResult> AppendAsync(IReadOnlyList<PreparedRecord> records, CancellationToken cancellationToken)
    {
        if (records.Count == 0)
        {
            return new AppendResult([]);
        }

        if (records.Any(record => record.Tenant != records[0].Tenant))
        {
            throw new ArgumentException("Records that are appended together belong to one tenant.", nameof(records));
        }

        var submission = Submission.Awaited(records);
        if (state.IsFailing || !queue.TryAdd(submission))
        {
            metrics.Refused(records.Count);
            throw new AuditBusyException(state.IsFailing ? "The audit log cannot be written at the moment." : "Too many audit events are waiting (audit.queue.events, audit.queue.bytes). Try again in a moment.");
        }

        try
        {
            return await submission.Done!.WaitAsync(options.AppendLimit, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new AuditBusyException("The audit log did not take the events in time; it may still do so. Send them again with the same ids.");
        }
    }
}
