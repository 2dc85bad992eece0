using Signalbox.Server.Jobs.Running.Output;

namespace Signalbox.Server.Tests.Jobs.Running;

/// <summary>The table of output, in memory, which can be away.</summary>
internal sealed class KeptOutput : IOutputTable
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<(string, long), OutputRow> _rows = [];
    private int _failures;

    /// <summary>Every write fails while it is set.</summary>
    public bool Away { get; set; }

    public int Failures => Volatile.Read(ref _failures);

    public Task WriteAsync(IReadOnlyList<OutputChange> changes, CancellationToken cancellationToken)
    {
        if (Away)
        {
            Interlocked.Increment(ref _failures);
            throw new IOException("The database is away.");
        }

        lock (_gate)
        {
            foreach (var change in changes)
            {
                foreach (var key in _rows.Keys.Where(key => key.Item1 == change.ExecutionId && IsDeleted(change, key.Item2)).ToList())
                {
                    _rows.Remove(key);
                }

                foreach (var row in change.Rows)
                {
                    // A row that stands there already fails, as the table's primary key makes it fail.
                    _rows.Add((change.ExecutionId, row.Seq), row);
                }
            }
        }

        return Task.CompletedTask;
    }

    public IReadOnlyList<OutputRow> Rows(string executionId)
    {
        lock (_gate)
        {
            return [.. _rows.Where(row => row.Key.Item1 == executionId).Select(static row => row.Value)];
        }
    }

    public string Text(string executionId, OutputStream? stream = null) =>
        string.Concat(Rows(executionId).Where(row => stream is null || row.Stream == stream).Select(static row => row.Text));

    private static bool IsDeleted(OutputChange change, long seq) =>
        (change.Unsure && seq > change.After && seq < change.End) || (seq >= change.DeleteFrom && seq < change.DeleteBelow);
}
