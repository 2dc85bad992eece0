namespace Signalbox.Runner.Readings.Report;

/// <summary>Tokens of one model.</summary>
/// <param name="Input">Without those read from or written to a cache.</param>
/// <param name="CostUsd">Absent when it is not known.</param>
internal sealed record ModelUsageReport(string Model, long Input, long Output, long CacheRead, long CacheCreation, double? CostUsd);
