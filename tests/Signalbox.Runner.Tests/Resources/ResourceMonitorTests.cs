using Microsoft.Extensions.Logging;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Resources;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Runner.Tests.Resources;

/// <summary>Thresholds, by a clock that moves when it is told.</summary>
public sealed class ResourceMonitorTests
{
    private const long Limit = 512L << 20;

    private readonly FakeClock _clock = new();
    private readonly ScriptedTree _tree = new();
    private readonly ScriptedRunner _runner = new();
    private readonly List<ResourceSample> _samples = [];
    private readonly List<RunnerEvent> _events = [];
    private readonly List<ResourceLevel> _levels = [];
    private readonly LineLog _log = new();

    [Fact]
    public void LogsTheSeedsFieldsBelowTheWarning()
    {
        var monitor = Monitor();
        Use(0.5);
        monitor.RunOnce();
        var (level, message, fields) = Assert.Single(_log.Lines);
        Assert.Equal((LogLevel.Information, "resource_monitor"), (level, message));
        Assert.Equal(Limit / 2, fields["memory_bytes"]);
        Assert.Equal(50.0, fields["memory_percent"]);
        Assert.All(["heap_alloc", "heap_sys", "num_gc", "goroutines"], name => Assert.Contains(name, fields.Keys));
        Assert.Equal(0, _runner.Collections);
        Assert.Empty(_events);
    }

    [Fact]
    public void CountsInTheFirstSampleOnlyTheTimeSinceItBeganToWatch()
    {
        _runner.CpuTime = TimeSpan.FromSeconds(3);
        var monitor = Monitor();
        _runner.CpuTime += TimeSpan.FromMilliseconds(100);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Use(0.5);
        _tree.CpuTime = TimeSpan.FromSeconds(2);
        monitor.RunOnce();
        Assert.Equal(10, Assert.Single(_samples).CpuPercent);
        Assert.Equal(5.1, _samples[0].CpuSeconds);
    }

    [Fact]
    public void SamplesEveryTenSecondsAndLooksEverySecond()
    {
        var monitor = Monitor();
        for (var second = 0; second <= 30; second++)
        {
            monitor.RunOnce();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 10, 20, 30], _samples.Select(sample => (sample.At - _clock.Start).TotalSeconds));
        Assert.Equal(27, _tree.Looks);
    }

    [Fact]
    public void SamplesEverySecondFromTheWarningOnAndSeesAFastRiseWithinASecond()
    {
        var monitor = Monitor();
        monitor.RunOnce();
        for (var second = 1; second <= 5; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            Use(0.85);
            monitor.RunOnce();
        }

        Assert.Equal([0, 1, 2, 3, 4, 5], _samples.Select(sample => (sample.At - _clock.Start).TotalSeconds));
    }

    [Fact]
    public void WarnsAndCollectsFromEightyPercentOn()
    {
        var monitor = Monitor();
        Use(0.8);
        monitor.RunOnce();
        Assert.Equal(ResourceLevel.Warning, monitor.Level);
        Assert.Equal(1, _runner.Collections);
        Assert.Contains(_log.Lines, static line => line.Level == LogLevel.Warning && line.Message.StartsWith("Memory high: 80", StringComparison.Ordinal));
        Assert.Contains(_log.Lines, static line => line.Level == LogLevel.Warning && line.Message.StartsWith("Triggered a collection", StringComparison.Ordinal));
        Assert.Equal([RunnerEventKind.LevelChanged, RunnerEventKind.GarbageCollected], _events.Select(static happened => happened.Kind));
        Assert.False(_tree.IsHeld);
    }

    [Fact]
    public void CollectsAtMostEveryTenSeconds()
    {
        var monitor = Monitor();
        Use(0.9);
        for (var second = 0; second <= 20; second++)
        {
            monitor.RunOnce();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, _runner.Collections);
    }

    [Fact]
    public void CollectsNothingWhenTold()
    {
        var monitor = Monitor(new ResourcesOptions { AutoGc = false });
        Use(0.97);
        monitor.RunOnce();
        Assert.Equal(0, _runner.Collections);
    }

    [Fact]
    public void RefusesFromNinetyFivePercentOnAndLetsGoAgain()
    {
        var monitor = Monitor();
        Use(0.95);
        monitor.RunOnce();
        Assert.True(_tree.IsHeld);
        Assert.Equal(ResourceLevel.Refusing, monitor.Level);
        Assert.Contains("no process can be started", _events[0].Text, StringComparison.Ordinal);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Use(0.5);
        monitor.RunOnce();
        Assert.False(_tree.IsHeld);
        Assert.Equal([ResourceLevel.Refusing, ResourceLevel.Normal], _levels);
        Assert.False(monitor.LimitPassed.IsCompleted);
    }

    [Fact]
    public async Task SaysThatTheLimitIsPassedOnlyPastIt()
    {
        var monitor = Monitor();
        _tree.Bytes = Limit;
        monitor.RunOnce();
        Assert.Equal(ResourceLevel.Refusing, monitor.Level);
        Assert.False(monitor.LimitPassed.IsCompleted);

        _tree.Bytes = Limit + 1;
        monitor.RunOnce();
        Assert.Equal(Limit + 1, (await monitor.LimitPassed).MemoryBytes);
        Assert.Equal(("critical", ResourceLevel.Critical), (_samples[^1].Level, monitor.Level));
        Assert.Contains(_log.Lines, static line => line.Level == LogLevel.Error);
    }

    [Fact]
    public void CountsTheRunnerToTheLimit()
    {
        var monitor = Monitor();
        Use(0.5);
        _runner.Bytes = Limit / 2;
        monitor.RunOnce();
        Assert.Equal(ResourceLevel.Refusing, monitor.Level);
    }

    [Fact]
    public void KnowsNoLevelsWithoutALimit()
    {
        var monitor = Monitor(new ResourcesOptions { LimitBytes = 0 });
        _tree.Bytes = long.MaxValue / 2;
        Assert.Equal(0, monitor.RunOnce()!.MemoryPercent);
        Assert.Equal(ResourceLevel.Normal, monitor.Level);
    }

    [Fact]
    public void WarnsOnceOfACountThatOnlyGrows()
    {
        var monitor = Monitor();
        for (var sample = 0; sample < 20; sample++)
        {
            _runner.Goroutines = 20 + sample;
            monitor.RunOnce();
            _clock.Advance(TimeSpan.FromSeconds(10));
        }

        var leak = Assert.Single(_events, static happened => happened.Kind == RunnerEventKind.LeakSuspected);
        Assert.Equal(("goroutines", "20", "26"), (leak.Values["name"], leak.Values["from"], leak.Values["to"]));
    }

    [Fact]
    public void WarnsOfNoCountThatFallsInBetween()
    {
        var monitor = Monitor();
        for (var sample = 0; sample < 30; sample++)
        {
            _runner.Goroutines = 20 + (sample % 6 * 5);
            _tree.Threads = 100;
            monitor.RunOnce();
            _clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Empty(_events);
    }

    [Fact]
    public void WarnsOfTooManyThreadsOnceEachTime()
    {
        var monitor = Monitor(new ResourcesOptions { MaxGoroutines = 50 });
        foreach (var count in (long[])[10, 51, 52, 40, 60])
        {
            _runner.Goroutines = count;
            monitor.RunOnce();
            _clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(["51", "60"], _events.Select(static happened => happened.Values["count"]));
    }

    [Fact]
    public void TellsProcessorTimeThatNeverFalls()
    {
        var monitor = Monitor();
        monitor.RunOnce();
        _clock.Advance(TimeSpan.FromSeconds(10));
        _tree.CpuTime = TimeSpan.FromSeconds(5);
        monitor.RunOnce();
        _clock.Advance(TimeSpan.FromSeconds(10));
        _tree.CpuTime = TimeSpan.FromSeconds(1);
        monitor.RunOnce();
        Assert.Equal([(0, 0), (50, 5), (0, 5)], _samples.Select(static sample => (sample.CpuPercent, sample.CpuSeconds)));
    }

    [Fact]
    public async Task RunsUntilItIsTold()
    {
        using var stop = new CancellationTokenSource();
        var running = Monitor().RunAsync(stop.Token);
        for (var second = 0; second < 20; second++)
        {
            await Eventually.HoldsAsync("it waits", () => Task.FromResult(_clock.PendingTimers == 1), TestContext.Current.CancellationToken);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await stop.CancelAsync();
        await running;
        Assert.InRange(_samples.Count, 2, 3);
    }

    [Theory]
    [InlineData(0.5, 8)]
    [InlineData(0.85, 1)]
    [InlineData(0.96, 1)]
    public void LooksMoreRarelyWhereLooksAreDearButNotFromTheWarningOn(double part, int seconds)
    {
        var monitor = Monitor();
        Use(part);
        monitor.RunOnce();
        var pauses = Enumerable.Range(0, 4).Select(_ => monitor.PauseAfter(TimeSpan.FromMilliseconds(40))).ToList();
        Assert.Equal(TimeSpan.FromSeconds(1), pauses[0]);
        Assert.Equal(TimeSpan.FromSeconds(seconds), pauses[^1]);
    }

    private ResourceMonitor Monitor(ResourcesOptions? options = null) =>
        new(options ?? new ResourcesOptions(), _tree, _runner, new ResourceHandlers(_samples.Add, _events.Add, (level, _) => _levels.Add(level)), _clock, _log);

    private void Use(double part) => _tree.Bytes = (long)Math.Ceiling(Limit * part);

    /// <summary>Keeps what is logged.</summary>
    private sealed class LineLog : ILogger
    {
        public List<(LogLevel Level, string Message, Dictionary<string, object?> Fields)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((logLevel, formatter(state, exception), new Dictionary<string, object?>((IEnumerable<KeyValuePair<string, object?>>)state!, StringComparer.Ordinal)));
    }
}
