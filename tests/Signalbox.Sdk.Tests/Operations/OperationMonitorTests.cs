using System.Diagnostics.Metrics;
using Signalbox.Sdk.Alerts;
using Signalbox.Sdk.Operations;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Sdk.Tests.Operations;

public sealed class OperationMonitorTests
{
    private readonly FakeClock _clock = new();
    private readonly AlertHub _alerts = new();
    private readonly List<OperationRecord> _records = [];

    [Fact]
    public async Task MeasuresDurationMemoryAndSuccess()
    {
        byte[]? kept = null;

        var result = await Monitor().MonitorOperation("grow", () =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(250));
            kept = GC.AllocateUninitializedArray<byte>(32 << 20);
            return Task.FromResult(kept.Length);
        });

        Assert.Equal(32 << 20, result);
        var record = Assert.Single(_records);
        Assert.Equal(("grow", TimeSpan.FromMilliseconds(250), true), (record.Name, record.Duration, record.Succeeded));

        // Others allocate and collect meanwhile; what was kept is far larger than that.
        Assert.InRange(record.MemoryDelta, 16 << 20, long.MaxValue);
        GC.KeepAlive(kept);
    }

    [Fact]
    public async Task AnErrorIsRecordedAndThrownOn()
    {
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => Monitor().MonitorOperation("read", static () => Task.FromException(new InvalidDataException("line 3"))));

        Assert.Equal("line 3", exception.Message);
        var record = Assert.Single(_records);
        Assert.False(record.Succeeded);
        Assert.Same(exception, record.Error);
    }

    [Theory]
    [InlineData("render", 501, true)]
    [InlineData("render", 500, false)]
    [InlineData("other", 1_001, true)]
    [InlineData("other", 1_000, false)]
    public async Task WarnsBeyondTheThresholdOfTheOperation(string name, int milliseconds, bool warns)
    {
        await Monitor().MonitorOperation(name, () =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
            return Task.CompletedTask;
        });

        Assert.Equal(warns ? ["performance_warning"] : [], _alerts.History.Select(static alert => alert.Type));
        Assert.Equal(warns ? [name] : [], _alerts.History.Select(static alert => alert.Subject));
        if (warns)
        {
            Assert.Equal(milliseconds / 1000.0, _alerts.History[0].Values["duration_seconds"], 6);
        }
    }

    [Fact]
    public async Task AFailedOperationThatWasSlowWarnsToo()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Monitor().MonitorOperation("render", () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            return Task.FromException(new TimeoutException());
        }));

        Assert.Single(_alerts.History);
    }

    [Fact]
    public async Task AnObserverThatFailsDoesNotFailTheOperation()
    {
        var monitor = new OperationMonitor(new OperationMonitorOptions { OnRecord = static _ => throw new InvalidOperationException(), Clock = _clock });

        Assert.Equal(7, await monitor.MonitorOperation("seven", static () => Task.FromResult(7)));
    }

    [Fact]
    public async Task TooManyNamesAreCountedAsOther()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var prefix = $"names-{Environment.ProcessId}-";
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "signalbox.operation.duration")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            foreach (var (key, value) in tags)
            {
                if (key == "operation" && value is string name && (name == "other" || name.StartsWith(prefix, StringComparison.Ordinal)))
                {
                    lock (names)
                    {
                        names.Add(name);
                    }
                }
            }
        });
        listener.Start();
        var monitor = new OperationMonitor(new OperationMonitorOptions { MaxNames = 2, Clock = _clock });
        for (var index = 0; index < 5; index++)
        {
            await monitor.MonitorOperation($"{prefix}{index}", static () => Task.CompletedTask);
        }

        Assert.Equal([$"{prefix}0", $"{prefix}1", "other"], names.Order(StringComparer.Ordinal));
    }

    private OperationMonitor Monitor() => new(new OperationMonitorOptions
    {
        Thresholds = new Dictionary<string, TimeSpan>(StringComparer.Ordinal) { ["render"] = TimeSpan.FromMilliseconds(500) },
        Alerts = _alerts,
        OnRecord = _records.Add,
        Clock = _clock,
    });
}
