using Signalbox.Server.Audit.Records;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Records that were handed over together and enter the log together.</summary>
internal sealed class Submission
{
    /// <summary>What a record takes up in memory beside its body, roughly.</summary>
    private const int Overhead = 300;

    private readonly TaskCompletionSource<AppendResult>? _done;

    private Submission(PendingRecord[] records, TaskCompletionSource<AppendResult>? done)
    {
        Records = records;
        Bytes = records.Sum(static record => record.Record.Body.Length + (long)Overhead);
        _done = done;
    }

    public IReadOnlyList<PendingRecord> Records { get; }

    public long Bytes { get; }

    /// <summary>Somebody waits for it, so it is not kept back to gather others.</summary>
    public bool IsAwaited => _done is not null;

    /// <summary>The end of the wait, where somebody waits.</summary>
    public Task<AppendResult>? Done => _done?.Task;

    public static Submission Of(PreparedRecord record) => new([new PendingRecord(record)], done: null);

    public static Submission Awaited(IEnumerable<PreparedRecord> records) =>
        new([.. records.Select(static record => new PendingRecord(record))], new TaskCompletionSource<AppendResult>(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Complete() => _done?.TrySetResult(new AppendResult([.. Records.Select(static record => new AppendedRecord(record.Record.Id, record.Sequence, record.IsDuplicate))]));

    public void Fail(Exception exception) => _done?.TrySetException(exception);
}
