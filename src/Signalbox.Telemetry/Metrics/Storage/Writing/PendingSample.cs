using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Head;

namespace Signalbox.Telemetry.Metrics.Storage.Writing;

/// <summary>A sample that was accepted and waits for its commit.</summary>
/// <param name="Next">The sample of the same series accepted before it in the same group; −1 when there is none.</param>
internal readonly record struct PendingSample(HeadSeries Series, long Time, double Value, HistogramSample? Histogram, int Next);
