namespace Signalbox.Runner.Readings.Report;

/// <summary>Size of the time line.</summary>
/// <param name="Entries">In <c>timeline.jsonl</c>.</param>
/// <param name="Omitted">That a bound kept out.</param>
internal sealed record TimelineTotals(long Entries, long Omitted);
