namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>What a parsed exposition held.</summary>
/// <param name="Samples">Samples given to the visitor.</param>
/// <param name="Exemplars">Exemplars that were checked and dropped.</param>
/// <param name="Duplicates">Samples left out because their series already had one at the same time.</param>
public readonly record struct ExpositionSummary(int Samples, int Exemplars, int Duplicates);
