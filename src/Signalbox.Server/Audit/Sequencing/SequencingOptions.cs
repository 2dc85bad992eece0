using Signalbox.Settings;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>The bounds of what waits for the log.</summary>
/// <param name="QueueEvents">Standard events that may wait; more are dropped, counted and told by a gap record.</param>
/// <param name="QueueBytes">Their bytes, with what holds them.</param>
internal sealed record SequencingOptions(int QueueEvents, long QueueBytes)
{
    public static SequencingOptions Default { get; } = new(100_000, 64L << 20);

    /// <summary>Most events of one transaction.</summary>
    public int BatchEvents { get; init; } = 8192;

    /// <summary>Most bytes of one transaction, unless a single submission has more.</summary>
    public long BatchBytes { get; init; } = 16L << 20;

    /// <summary>Most mandatory events taken from the outbox at once.</summary>
    public int OutboxEvents { get; init; } = 2000;

    /// <summary>How long events are gathered before they are written, unless somebody waits for them.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How often the outbox is looked into for what others, or a crash, left there.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait between two attempts while the database is away.</summary>
    public TimeSpan BackOffLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long those who append events and wait for it do so.</summary>
    public TimeSpan AppendLimit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a stop waits for the queue to empty.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Shortest time between two checkpoints of one log that are kept.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Logs whose edge of the tree is kept in memory, 24 KiB each.</summary>
    public int Frontiers { get; init; } = 256;

    public static SequencingOptions Read(SettingsReader settings) => new(
        (int)settings.Integer("audit.queue.events", Default.QueueEvents, 1000, 10_000_000, "Standard audit events that may wait for the log; more are dropped, counted, and told by a gap record."),
        settings.Bytes("audit.queue.bytes", Default.QueueBytes, 1L << 20, 16L << 30, "Memory that those events may take."))
    {
        FlushInterval = settings.Duration(
            "audit.flush_interval", Default.FlushInterval, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10), "How long audit events are gathered before they are written."),
        DrainLimit = settings.Duration(
            "audit.drain_limit", Default.DrainLimit, TimeSpan.Zero, TimeSpan.FromMinutes(10), "How long a stop waits until the audit events in memory are written; what is left then is told by a gap record."),
    };
}
