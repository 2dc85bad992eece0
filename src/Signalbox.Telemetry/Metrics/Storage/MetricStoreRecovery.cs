namespace Signalbox.Telemetry.Metrics.Storage;

/// <summary>What the store found when it was opened.</summary>
/// <param name="Samples">Samples read from the log into memory.</param>
/// <param name="AlreadyOnDisk">Samples in the log that day files had already, or that retention has given up.</param>
/// <param name="TornBytes">Bytes of an unfinished, unacknowledged write that were cut off the log's end.</param>
/// <param name="Damage">One sentence for each damaged place: the file, where, how much, and where the damaged file was put. Empty when all is well.</param>
public sealed record MetricStoreRecovery(long Samples, long AlreadyOnDisk, long TornBytes, IReadOnlyList<string> Damage);
