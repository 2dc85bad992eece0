using Signalbox.Runner.Processes;
using Signalbox.Runner.Resources;
using Signalbox.Runner.Tests.Processes;
using Xunit;

namespace Signalbox.Runner.Tests.Resources;

/// <summary>Trees that are measured for real.</summary>
[Collection(ChildTests.Name)]
public sealed class LinuxTreeSourceTests
{
    private const long Taken = 100L << 20;

    private readonly ChildHost _host = new();

    [Theory]
    [InlineData("pss", true)]
    [InlineData("rss", true)]
    [InlineData("auto", false)]
    public async Task SeesTheMemoryOfAGrandchildThatLeftItsSession(string measure, bool usesCgroup)
    {
        var script = $"setsid {ChildHost.FakeAgent} alloc {Taken} {Taken} 1000 | cat";
        await using var child = _host.Start(ChildHost.Shell(script) with { UsesCgroup = usesCgroup, CapturesOutput = true });
        using var reader = new StreamReader(child.Output!);
        Assert.Equal($"allocated {Taken}", await reader.ReadLineAsync(ChildHost.Token));
        var source = TreeSources.For(child, new ResourcesOptions { Measure = measure });
        var usage = source.Read();
        Assert.InRange(usage.Bytes, Taken, Taken * 2);
        Assert.InRange(source.ReadUpperBound(), usage.Bytes, Taken * 3);
        Assert.Equal((measure == "auto" ? "pss" : measure, 3), (usage.Measure, usage.Processes));
        Assert.True(usage.Threads > 3 && usage.Handles > 10 && usage.CpuTime > TimeSpan.FromMilliseconds(20));
        await child.KillAsync().WaitAsync(ChildHost.Token);
        Assert.Equal((0, 0), (source.Read().Bytes, source.Read().Processes));
    }

    [Fact]
    public async Task CountsWhatSharesPagesOnceByPss()
    {
        // Each of the shells maps the same program: by RSS it counts each time.
        await using var child = _host.Start(ChildHost.Shell("for n in 1 2 3 4 5 6 7 8; do sleep 1000 & done; echo ready; wait") with { CapturesOutput = true });
        using var reader = new StreamReader(child.Output!);
        Assert.Equal("ready", await reader.ReadLineAsync(ChildHost.Token));
        var pss = TreeSources.For(child, new ResourcesOptions { Measure = "pss" }).Read().Bytes;
        var rss = TreeSources.For(child, new ResourcesOptions { Measure = "rss" }).Read().Bytes;
        Assert.True(pss > 0 && pss < rss / 2, $"{pss} by pss, {rss} by rss");
    }

    [Fact]
    public async Task TakesTheEndsOfOrphansAndCountsTheirTime()
    {
        await using var child = _host.Start(ChildHost.Shell("setsid -f sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo done'; sleep 1000") with { UsesCgroup = false, CapturesOutput = true });
        using var reader = new StreamReader(child.Output!);
        Assert.Equal("done", await reader.ReadLineAsync(ChildHost.Token));
        var source = TreeSources.For(child, new ResourcesOptions());
        await Signalbox.Testing.Clock.Eventually.HoldsAsync("the orphan is gone", () => Task.FromResult(source.Read() is { Processes: 2, CpuTime.TotalMilliseconds: >= 50 }), ChildHost.Token);
        Assert.DoesNotContain(
            Signalbox.Runner.Processes.Linux.ProcFiles.ReadAll(),
            static process => process.State == 'Z' && process.Parent == Environment.ProcessId && process.Group != Signalbox.Runner.Processes.Unix.UnixCalls.OwnGroup());
    }
}
