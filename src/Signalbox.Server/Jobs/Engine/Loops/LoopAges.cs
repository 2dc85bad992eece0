using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Signalbox.Server.Jobs.Engine.Loops;

/// <summary>Remembers when each loop last got through a round. Thread-safe.</summary>
internal sealed class LoopAges(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, long> _last = new(StringComparer.Ordinal);

    public void Succeeded(string loop) => _last[loop] = clock.GetTimestamp();

    /// <summary>In seconds, by loop.</summary>
    public IEnumerable<Measurement<double>> Measure() =>
        _last.Select(pair => new Measurement<double>(clock.GetElapsedTime(pair.Value).TotalSeconds, new KeyValuePair<string, object?>("loop", pair.Key)));
}
