using System.Globalization;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Resources;

/// <summary>Warns of counts that only grow, and of too many threads and work items of the runner.</summary>
internal sealed class CountWatch(long maxGoroutines)
{
    private readonly (string Name, string Text, Func<ResourceSample, long> Count, GrowthWatch Watch)[] _watches =
    [
        ("goroutines", "threads and queued work items of the runner", static sample => sample.Goroutines, new GrowthWatch()),
        ("threads", "threads of the command", static sample => sample.Threads, new GrowthWatch()),
        ("handles", "open files of the command", static sample => sample.Handles, new GrowthWatch()),
        ("processes", "processes of the command", static sample => sample.Processes, new GrowthWatch()),
    ];

    private bool _isPast;

    /// <summary>What is to be told of this sample, one of those that are taken at the usual interval.</summary>
    public IEnumerable<(RunnerEventKind Kind, string Text, (string Name, string Value)[] Values)> Take(ResourceSample sample)
    {
        foreach (var (name, text, count, watch) in _watches)
        {
            var now = count(sample);
            if (watch.Take(now) is { } from)
            {
                yield return (
                    RunnerEventKind.LeakSuspected,
                    string.Create(CultureInfo.InvariantCulture, $"The number of {text} only grows: from {from} to {now} over {GrowthWatch.Steps} samples. Something may be leaking."),
                    [("name", name), ("from", Text(from)), ("to", Text(now))]);
            }
        }

        var isPast = sample.Goroutines > maxGoroutines;
        if (isPast && !_isPast)
        {
            yield return (
                RunnerEventKind.Warning,
                string.Create(CultureInfo.InvariantCulture, $"The runner has {sample.Goroutines} threads and queued work items; resources.goroutines.max_count is {maxGoroutines}."),
                [("code", "goroutines"), ("count", Text(sample.Goroutines))]);
        }

        _isPast = isPast;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
