namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>What became of a request's data points.</summary>
/// <param name="Batch">The batch that was passed in, with the series and metadata added.</param>
/// <param name="AcceptedPoints">Data points that are in the batch or in a delta sum.</param>
/// <param name="RejectedPoints">Data points that could not be taken, for the partial success.</param>
/// <param name="Message">One sentence a reason, with its count and the first metric it met; null when every point was accepted.</param>
public sealed record OtlpTranslation(MetricBatch Batch, long AcceptedPoints, long RejectedPoints, string? Message);
