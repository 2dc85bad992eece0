using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Query;

namespace Signalbox.Server.Tests.Query;

/// <summary>Adds up what one server's query meter measures, and lets a test wait for a value.</summary>
internal sealed class MeterProbe : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, double> _sums = new(StringComparer.Ordinal);
    private readonly List<(string Name, double Value, TaskCompletionSource Reached)> _waiting = [];
    private readonly MeterListener _listener = new();

    public MeterProbe(IServiceProvider services)
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == QueryMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, 1, tags));
        _listener.Start();
    }

    /// <summary>The sum of a counter, or the count of a histogram; tags follow the name as <c>{key=value}</c>.</summary>
    public double this[string name]
    {
        get
        {
            lock (_gate)
            {
                return _sums.GetValueOrDefault(name);
            }
        }
    }

    public Task ReachesAsync(string name, double value, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_sums.GetValueOrDefault(name) == value)
            {
                reached.SetResult();
            }
            else
            {
                _waiting.Add((name, value, reached));
            }

            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = instrument.Name;
        foreach (var (key, tag) in tags)
        {
            name += $"{{{key}={tag}}}";
        }

        lock (_gate)
        {
            var sum = _sums[name] = _sums.GetValueOrDefault(name) + value;
            foreach (var (_, _, reached) in _waiting.Where(wait => wait.Name == name && wait.Value == sum))
            {
                reached.TrySetResult();
            }
        }
    }
}
