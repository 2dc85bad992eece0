using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Platform.Leases;

namespace Signalbox.Server.Tests.Platform.Leases;

/// <summary>Adds up what the leases of one process reported.</summary>
internal sealed class LeaseCounts : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public LeaseCounts(IServiceProvider services)
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == LeaseMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            Add(instrument.Name, value);
            foreach (var tag in tags)
            {
                if (tag.Key == "reason")
                {
                    Add($"{instrument.Name}/{tag.Value}", value);
                }
            }
        });
        _listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => Add(instrument.Name, 1));
        _listener.Start();
    }

    /// <param name="name">An instrument, or an instrument and a reason such as <c>signalbox.lease.lost/deadline</c>; for a histogram the number of its values.</param>
    public long this[string name] => _counts.GetValueOrDefault(name);

    public void Dispose() => _listener.Dispose();

    private void Add(string name, long value) => _counts.AddOrUpdate(name, value, (_, sum) => sum + value);
}
