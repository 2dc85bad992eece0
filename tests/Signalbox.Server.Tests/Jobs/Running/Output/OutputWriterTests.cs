using Signalbox.Server.Jobs.Running;
using Signalbox.Server.Jobs.Running.Output;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Running.Output;

public sealed class OutputWriterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OutputCanBeReadWhileTheRunGoesOn()
    {
        var clock = new FakeClock();
        await using var bed = new RunningBed(clock);
        using var stop = new RunStop();
        var request = bed.Request(RunningBed.Shell("echo first; sleep 300"));
        var run = bed.Runner.RunAsync(request, stop);

        await bed.SaysAsync(request, "first");
        Assert.False(run.IsCompleted);
        stop.Request(StopReason.Lost);
        await run;
    }

    [Fact]
    public async Task WatchersAreToldOnceARowIsWritten()
    {
        await using var bed = new RunningBed();
        var seen = new List<string>();
        bed.Feed.Written += static _ => throw new InvalidOperationException("A watcher failed.");
        bed.Feed.Written += change => seen.Add($"{change.ExecutionId} {string.Concat(change.Rows.Select(static row => row.Text))} {bed.Kept.Rows(change.ExecutionId).Count}");
        var request = bed.Request(RunningBed.Shell("echo told"));

        var result = await bed.RunAsync(request);

        Assert.Equal(RunEnd.Succeeded, result.End);
        Assert.Equal([$"{request.ExecutionId} told\n 1"], seen);
    }

    [Fact]
    public async Task WritesLaterWhatTheDatabaseCouldNotTake()
    {
        var clock = new FakeClock();
        await using var bed = new RunningBed(clock);
        bed.Kept.Away = true;
        var request = bed.Request(RunningBed.Shell("echo patient"));
        var run = bed.RunAsync(request);

        await Eventually.HoldsAsync("a write failed twice", () => Advance(clock, bed.Kept.Failures >= 2), Token);
        bed.Kept.Away = false;
        await Eventually.HoldsAsync("the run ended", () => Advance(clock, run.IsCompleted), Token);

        Assert.Equal((RunEnd.Succeeded, false), ((await run).End, (await run).OutputCut));
        Assert.Equal("patient\n", bed.Kept.Text(request.ExecutionId));
    }

    [Fact]
    public async Task ARunEndsThoughTheDatabaseIsAway()
    {
        var clock = new FakeClock();
        await using var bed = new RunningBed(clock);
        bed.Kept.Away = true;
        var run = bed.RunAsync(bed.Request(RunningBed.Shell("echo lost; exit 3")));

        await Eventually.HoldsAsync("the run ended", () => Advance(clock, run.IsCompleted), Token);

        Assert.Equal((RunEnd.Failed, 3, true), ((await run).End, (await run).ExitCode, (await run).OutputCut));
        Assert.Equal(5, bed.Counter("signalbox.job.output.dropped"));
    }

    [Fact]
    public async Task AFloodIsCutAndCountedAndFillsNoMemory()
    {
        await using var bed = new RunningBed();
        var request = bed.Request(RunningBed.Shell("echo begin; yes 0123456789012345678901234567890123456789 2>/dev/null | head -c 100000000; echo end") with { OutputLimit = 64 << 10 });

        var result = await bed.RunAsync(request);

        var text = bed.Kept.Text(request.ExecutionId);
        Assert.Equal((RunEnd.Succeeded, true, 100_000_010), (result.End, result.OutputCut, result.OutputBytes));
        Assert.StartsWith("begin\n", text, StringComparison.Ordinal);
        Assert.EndsWith("end\n", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 60 << 10, (64 << 10) + 100);
    }

    [Fact]
    public async Task AFloodIsSlowedToItsRate()
    {
        var clock = new FakeClock();
        await using var bed = new RunningBed(clock, adjust: static options => options with { Output = options.Output with { Rate = 1 << 20 } });
        var request = bed.Request(RunningBed.Shell("head -c 3000000 /dev/zero; echo end >&2"));
        var run = bed.RunAsync(request);
        using var stop = new RunStop();

        await bed.SaysAsync(request, "␀");
        await Eventually.HoldsAsync("the run ended", () => Advance(clock, run.IsCompleted), Token);

        // One second's worth comes at once, the other two take a second each, less what waits in the pipe.
        Assert.InRange(clock.GetUtcNow() - clock.Start, TimeSpan.FromSeconds(1.5), TimeSpan.FromMinutes(4));
        Assert.Equal((RunEnd.Succeeded, 3_000_004), ((await run).End, (await run).OutputBytes));
    }

    [Fact]
    public async Task WhatAllRunsTogetherHaveWaitingIsBounded()
    {
        await using var bed = new RunningBed(new FakeClock(), adjust: static options => options with { Output = options.Output with { Pending = 1 << 20 } });
        bed.Kept.Away = true;
        var outputs = Enumerable.Range(0, 8).Select(_ => new RunOutput(bed.Writer, bed.Request(RunningBed.Shell("true")), 1 << 20, bed.Clock)).ToList();
        foreach (var output in outputs)
        {
            for (var count = 0; count < 20; count++)
            {
                output.Write(OutputStream.Out, new byte[50_000]);
            }
        }

        // A million bytes each, of which a mebibyte may wait, and each run's first quarter and its newest row besides.
        Assert.InRange(outputs.Sum(static output => output.Forget()), 1 << 20, (1 << 20) + (8 * ((1 << 20) / 4 + (128 << 10)) * 3));
        Assert.True(bed.Counter("signalbox.job.output.dropped") > 0);
    }

    private static Task<bool> Advance(FakeClock clock, bool done)
    {
        clock.Advance(OutputWriter.Interval);
        return Task.FromResult(done);
    }
}
