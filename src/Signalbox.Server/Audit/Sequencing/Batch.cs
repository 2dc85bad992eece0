namespace Signalbox.Server.Audit.Sequencing;

/// <summary>What the sequencer has in hand: a part for each log, which it keeps until each is durable or given up.</summary>
internal sealed class Batch
{
    private readonly Dictionary<string, LogBatch> _logs = new(StringComparer.Ordinal);

    /// <summary>How often it was tried in vain.</summary>
    public int Failures { get; set; }

    public bool IsEmpty => _logs.Count == 0;

    /// <summary>Something was left behind for the next batch.</summary>
    public bool IsFull { get; set; }

    public int Count => _logs.Values.Sum(static log => log.Count);

    public IReadOnlyList<LogBatch> Unsettled => [.. _logs.Values.Where(static log => !log.IsSettled)];

    public LogBatch For(string tenant) => _logs.TryGetValue(tenant, out var log) ? log : _logs[tenant] = new LogBatch(tenant);
}
