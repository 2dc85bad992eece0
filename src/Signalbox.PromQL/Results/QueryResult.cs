namespace Signalbox.PromQL;

/// <summary>What a query gave.</summary>
/// <param name="Warnings">Something is probably wrong with the query or its data; with positions.</param>
/// <param name="Infos">Something is worth knowing; with positions.</param>
public sealed record QueryResult(QueryValue Value, IReadOnlyList<string> Warnings, IReadOnlyList<string> Infos, QueryStatistics Statistics);

/// <summary>What a query cost.</summary>
/// <param name="SeriesSelected">Series that the selectors found.</param>
/// <param name="SamplesRead">Samples read from the source.</param>
/// <param name="PeakSamples">Most samples held in memory at one time.</param>
/// <param name="Elapsed">Time from the start of the evaluation to its end.</param>
public sealed record QueryStatistics(long SeriesSelected, long SamplesRead, long PeakSamples, TimeSpan Elapsed);
