using System.Globalization;
using Microsoft.Extensions.Logging;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Resources;

/// <summary>Watches what runner and command use together, and says when it is too much.</summary>
/// <remarks>
/// A sample is taken at each interval, and a look that costs little at each fast interval: when that says that memory may be high, a sample is taken at once. So what
/// grows fast is seen within the fast interval, whatever the usual one. Looks become rarer where they would take more than their share of the time. It does not end the command itself: <see cref="LimitPassed"/> says that it is to be ended.
/// </remarks>
internal sealed class ResourceMonitor
{
    /// <summary>Looks take at most this part of the time: with the samples between them less than a hundredth of a core.</summary>
    private const int Share = 200;

    /// <summary>The same from the warning on, where a limit that is seen late costs more than the looks.</summary>
    private const int ShareWhenHigh = 10;

    private readonly TimeSpan[] _costs = new TimeSpan[4];

    private readonly ResourcesOptions _options;
    private readonly ITreeSource _tree;
    private readonly IRunnerSource _runner;
    private readonly ResourceHandlers _handlers;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly SampleTaking _taking;
    private readonly OwnCollection _collection;
    private readonly CountWatch _counts;
    private readonly TaskCompletionSource<ResourceSample> _limitPassed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long? _lastRegular;
    private uint _looks;

    /// <param name="log">Of a category of the same name, so that its lines have it as their component.</param>
    public ResourceMonitor(ResourcesOptions options, ITreeSource tree, IRunnerSource runner, ResourceHandlers handlers, TimeProvider clock, ILogger log)
    {
        _options = options;
        _tree = tree;
        _runner = runner;
        _handlers = handlers;
        _clock = clock;
        _log = log;
        _taking = new SampleTaking(options, tree, runner, clock);
        _collection = new OwnCollection(runner, clock);
        _counts = new CountWatch(options.MaxGoroutines);
    }

    /// <summary>As of the last sample.</summary>
    public ResourceLevel Level { get; private set; }

    /// <summary>Done with the sample that was past the limit; never otherwise.</summary>
    public Task<ResourceSample> LimitPassed => _limitPassed.Task;

    /// <summary>Watches until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var start = _clock.GetTimestamp();
            try
            {
                RunOnce();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException)
            {
                _log.NotMeasured(exception);
            }

            try
            {
                await Task.Delay(PauseAfter(_clock.GetElapsedTime(start)), _clock, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Long enough for the cheapest of the last looks to be within its share: the first are dear once, and a busy machine makes any of them dear.</summary>
    internal TimeSpan PauseAfter(TimeSpan cost)
    {
        _costs[_looks++ % _costs.Length] = cost;
        var least = _costs[0];
        foreach (var taken in _costs)
        {
            least = taken < least ? taken : least;
        }

        var pause = least * (Level == ResourceLevel.Normal ? Share : ShareWhenHigh);
        return pause < _options.FastSampleInterval ? _options.FastSampleInterval : pause > _options.SampleInterval ? _options.SampleInterval : pause;
    }

    /// <summary>Looks once, and takes a sample when one is due or memory may be high.</summary>
    /// <returns>The sample, when one was taken and written down.</returns>
    public ResourceSample? RunOnce()
    {
        var isDue = _lastRegular is not { } last || _clock.GetElapsedTime(last) >= _options.SampleInterval - (_options.FastSampleInterval / 2);
        if (!isDue && Level == ResourceLevel.Normal && (_options.LimitBytes == 0 || _tree.ReadUpperBound() + _runner.ReadBytes() < _options.LimitBytes * _options.WarnThreshold))
        {
            return null;
        }

        return Take(isDue);
    }

    /// <summary>Takes a sample and writes it down, whether or not one is due: for a run's end, after <see cref="RunAsync"/>.</summary>
    public ResourceSample TakeNow() => Take(isDue: true)!;

    private ResourceSample? Take(bool isDue)
    {
        var sample = _taking.Take();
        var level = _taking.LevelOf(sample.MemoryBytes);
        if (!isDue && level == ResourceLevel.Normal && Level == ResourceLevel.Normal)
        {
            return null;
        }

        sample = sample with { Level = SampleTaking.NameOf(level) };
        _handlers.Sampled(sample);
        Change(level, sample);
        if (isDue)
        {
            _lastRegular = _clock.GetTimestamp();
            _log.Monitor(sample, level != ResourceLevel.Normal);
            foreach (var (kind, text, values) in _counts.Take(sample))
            {
                _log.Suspected(text);
                Tell(sample.At, kind, text, values);
            }
        }

        if (level != ResourceLevel.Normal && _options.AutoGc && _collection.TryRun(out var before, out var after))
        {
            _log.Collected(before, after);
            Tell(sample.At, RunnerEventKind.GarbageCollected, "The runner collected its own garbage because memory is high; the command's processes do not become smaller by it.", [("before", Text(before)), ("after", Text(after))]);
        }

        return sample;
    }

    private void Change(ResourceLevel level, ResourceSample sample)
    {
        if (level == Level)
        {
            return;
        }

        var before = Level;
        Level = level;
        var percent = sample.MemoryPercent.ToString("0.#", CultureInfo.InvariantCulture);
        var held = level >= ResourceLevel.Refusing && _tree.Hold(true);
        if (before >= ResourceLevel.Refusing && level < ResourceLevel.Refusing)
        {
            _tree.Hold(false);
        }

        Say(level, sample);
        Tell(
            sample.At,
            RunnerEventKind.LevelChanged,
            string.Create(CultureInfo.InvariantCulture, $"Memory is at {percent} % of the limit ({sample.MemoryBytes} of {_options.LimitBytes} bytes): {Consequence(level, held)}."),
            [("level", SampleTaking.NameOf(level)), ("bytes", Text(sample.MemoryBytes)), ("percent", percent)]);
        _handlers.LevelChanged(level, sample.MemoryPercent);
        if (level == ResourceLevel.Critical)
        {
            _limitPassed.TrySetResult(sample);
        }
    }

    private void Say(ResourceLevel level, ResourceSample sample)
    {
        switch (level)
        {
            case ResourceLevel.Normal:
                _log.Eased(sample.MemoryPercent);
                break;
            case ResourceLevel.Warning:
                _log.MemoryHigh(sample.MemoryPercent, sample.MemoryBytes, _options.LimitBytes);
                break;
            case ResourceLevel.Refusing:
                _log.Refusing(sample.MemoryPercent);
                break;
            default:
                _log.LimitExceeded(sample.MemoryBytes, _options.LimitBytes);
                break;
        }
    }

    private static string Consequence(ResourceLevel level, bool held) => level switch
    {
        ResourceLevel.Normal => "all is well again",
        ResourceLevel.Warning => "it is looked more often",
        ResourceLevel.Refusing => held ? "no tool is let begin, and no process can be started" : "no tool is let begin",
        _ => "the command is ended",
    };

    private void Tell(DateTimeOffset at, RunnerEventKind kind, string text, IEnumerable<(string Name, string Value)> values) => _handlers.Happened(new RunnerEvent
    {
        At = at,
        Kind = kind,
        Text = text,
        Values = values.ToDictionary(static value => value.Name, static value => value.Value, StringComparer.Ordinal),
    });

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
