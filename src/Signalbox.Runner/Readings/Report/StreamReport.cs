namespace Signalbox.Runner.Readings.Report;

/// <summary>What came through the agent's standard output.</summary>
/// <param name="Unknown">Events of types that the reader does not know, by type.</param>
/// <param name="Broken">Lines that could not be read.</param>
/// <param name="Oversized">Lines longer than the bound; among the broken ones.</param>
internal sealed record StreamReport(long Bytes, long Lines, IReadOnlyDictionary<string, long> Unknown, long Broken, long Oversized);
