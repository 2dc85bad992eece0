using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using Signalbox.Server.Ingest.Families;

namespace Signalbox.Server.Ingest.Self;

/// <summary>Aggregates the process's own instruments through the OpenTelemetry SDK, and gives their present values when asked.</summary>
/// <remarks>Thread-safe. The SDK bounds each instrument to 2,000 combinations of attributes and counts the rest as one overflow series.</remarks>
internal sealed class SelfMeters : IDisposable
{
    /// <summary>Upper bounds in seconds of the buckets that durations are counted in, unless their instrument names others.</summary>
    private static readonly double[] DurationBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly Lock _gate = new();
    private readonly FamilyExporter _exporter = new();
    private readonly BaseExportingMetricReader _reader;
    private readonly MeterProvider _provider;

    public SelfMeters(IMeterFactory meters)
    {
        _reader = new BaseExportingMetricReader(_exporter);
        _provider = OpenTelemetry.Sdk.CreateMeterProviderBuilder()
            .AddMeter("Signalbox.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Diagnostics", "System.Runtime")
            .AddView(instrument => Belongs(instrument, meters) ? ViewOf(instrument) : MetricStreamConfiguration.Drop)
            .AddReader(_reader)
            .Build();
    }

    public FamilyList Collect()
    {
        lock (_gate)
        {
            _exporter.Reset();
            _reader.Collect();
            return _exporter.Families;
        }
    }

    public void Dispose()
    {
        _provider.Dispose();
        _reader.Dispose();
        _exporter.Dispose();
    }

    // The SDK's own buckets are meant for milliseconds: of durations in seconds nearly all would fall into the first one.
    private static ExplicitBucketHistogramConfiguration? ViewOf(Instrument instrument) =>
        instrument is Histogram<double> { Unit: "s", Advice: null } ? new ExplicitBucketHistogramConfiguration { Boundaries = DurationBounds } : null;

    // Instruments are found process-wide by name; those of another server in the same process, as in tests, are not this one's.
    private static bool Belongs(Instrument instrument, IMeterFactory meters) => instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, meters);
}
