namespace Signalbox.Telemetry.Metrics.RemoteWrite;

/// <summary>What a remote-write request brought, and what of it is not valid.</summary>
/// <param name="Samples">Float samples put into the batch.</param>
/// <param name="Histograms">Native histogram samples put into the batch.</param>
/// <param name="Exemplars">Exemplars that were dropped, as no store keeps them.</param>
/// <param name="InvalidSamples">Samples and histograms left out because their series or they themselves are not valid; the sender should be told with status 400.</param>
/// <param name="FirstFault">One sentence about the first of the invalid; null when there is none.</param>
public sealed record RemoteWriteSummary(long Samples, long Histograms, long Exemplars, long InvalidSamples, string? FirstFault);
