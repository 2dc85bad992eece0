using Signalbox.Sdk.Alerts;
using Signalbox.Sdk.Resources;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Sdk.Tests.Resources;

public sealed class SystemMonitorTests
{
    private readonly FakeClock _clock = new();
    private readonly FakeSystem _system = new();
    private readonly AlertHub _alerts = new();

    [Theory]
    [InlineData("/nowhere/at/all")]
    [InlineData("no\0path")]
    public void AFolderWithoutADiskOfItsOwnFailsNoLook(string folder) => Assert.Null(new SystemSource().ReadDisk(folder));

    [Fact]
    public async Task TellsTheUseOfProcessorsSinceTheCollectionBefore()
    {
        using var monitor = Monitor();
        _clock.Advance(TimeSpan.FromSeconds(10));
        _system.ProcessTime += TimeSpan.FromSeconds(4);
        _system.Ticks = (1_600, 2_000);

        var cpu = (await monitor.RunOnceAsync(TestContext.Current.CancellationToken)).Cpu;

        // 4 of 2 × 10 seconds; 600 of 1,000 ticks.
        Assert.Equal(20, cpu.ProcessPercent, 6);
        Assert.Equal(60, cpu.SystemPercent!.Value, 6);
        Assert.Equal(new LoadAverage(0.5, 0.4, 0.3), cpu.LoadAverage);
    }

    [Fact]
    public async Task WarnsOfEachResourceBeyondItsThreshold()
    {
        using var monitor = Monitor();
        _clock.Advance(TimeSpan.FromSeconds(10));
        _system.Ticks = (1_000 + 810, 2_000);
        _system.Memory = new MemoryMetrics(10, 20, 840, 860, 1_000);
        _system.Free = 99;

        await monitor.RunOnceAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["cpu", "disk:/data", "memory"], _alerts.History.Select(static alert => alert.Subject).Order(StringComparer.Ordinal));
        Assert.All(_alerts.History, static alert => Assert.Equal("resource_warning", alert.Type));
    }

    [Fact]
    public async Task DoesNotWarnAtTheThresholds()
    {
        using var monitor = Monitor();
        _clock.Advance(TimeSpan.FromSeconds(10));
        _system.Ticks = (1_000 + 800, 2_000);
        _system.Memory = new MemoryMetrics(10, 20, 830, 850, 1_000);
        _system.Free = 100;

        await monitor.RunOnceAsync(TestContext.Current.CancellationToken);

        Assert.Empty(_alerts.History);
    }

    [Fact]
    public async Task ThisMachineHasFiguresThatCanBeTrue()
    {
        using var monitor = new SystemMonitor();

        var metrics = await monitor.RunOnceAsync(TestContext.Current.CancellationToken);

        Assert.InRange(metrics.Memory.Used, 1, metrics.Memory.Total);
        Assert.InRange(metrics.Memory.Rss, 1 << 20, metrics.Memory.Limit);
        var disk = Assert.Single(metrics.Disks);
        Assert.InRange(disk.Free, 0, disk.Total);
        Assert.InRange(metrics.Cpu.ProcessPercent, 0, 100);
        Assert.Equal(OperatingSystem.IsLinux(), metrics.Cpu.LoadAverage is not null);
    }

    [Theory]
    [InlineData("cpu  100 0 50 800 50 0 0 0 0 0", 150, 1_000)]
    [InlineData("cpu  1 2 3 4 5 6 7 8 9 10", 27, 36)]
    public void ReadsTheKernelsTicks(string line, double busy, double all) => Assert.Equal((busy, all), SystemSource.ParseTicks(line));

    [Theory]
    [InlineData("")]
    [InlineData("cpu")]
    [InlineData("cpu0 1 2 3 4 5 6 7 8")]
    [InlineData("cpu 1 2 x 4 5 6 7 8")]
    [InlineData("cpu -1 2 3 4 5 6 7 8")]
    public void RefusesWhatAreNoTicks(string line) => Assert.Null(SystemSource.ParseTicks(line));

    [Fact]
    public void WhateverTheKernelSaysReadingDoesNotFail()
    {
        var random = new Random(20_261_122);
        var buffer = new char[64];
        for (var round = 0; round < 20_000; round++)
        {
            for (var index = 0; index < buffer.Length; index++)
            {
                buffer[index] = "cpu 0123456789.-/eE\n\tx"[random.Next(22)];
            }

            var text = new string(buffer, 0, random.Next(buffer.Length));
            Assert.True(SystemSource.ParseTicks("cpu " + text) is null or { Busy: >= 0 });
            Assert.True(SystemSource.ParseLoad(text) is null or { OneMinute: >= 0 });
        }
    }

    private SystemMonitor Monitor() => new(new SystemMonitorOptions { Alerts = _alerts, Clock = _clock, Disks = ["/data"] }, _system);

    private sealed class FakeSystem : ISystemSource
    {
        public int Processors => 2;

        public TimeSpan ProcessTime { get; set; }

        public (double Busy, double All)? Ticks { get; set; } = (1_000, 1_000);

        public MemoryMetrics Memory { get; set; } = new(10, 20, 30, 60, 1_000);

        public long Free { get; set; } = 500;

        public TimeSpan ReadProcessTime() => ProcessTime;

        public (double Busy, double All)? ReadSystemTicks() => Ticks;

        public LoadAverage? ReadLoad() => new(0.5, 0.4, 0.3);

        public MemoryMetrics ReadMemory() => Memory;

        public DiskMetrics? ReadDisk(string path) => new(path, 1_000, Free);
    }
}
