using Signalbox.Sdk.Jobs;
using Signalbox.Server.Jobs.Running;
using Signalbox.Server.Jobs.Running.Output;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Running.Handlers;

public sealed class HandlerRunnerTests
{
    [Fact]
    public async Task RunsAHandlerOfAnAssemblyWithTypedArguments()
    {
        await using var bed = new RunningBed(adjust: static options => options with { HandlerAssemblies = [ExampleAssembly.File] });
        var old = bed.Folder.Write("files/old.log", "old");
        var young = bed.Folder.Write("files/young.log", "young");
        File.SetLastWriteTimeUtc(old, new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc));
        File.SetLastWriteTimeUtc(young, new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc));
        var request = bed.Request(new HandlerWork { Name = "example.tidy", Arguments = $$"""{"folder":"{{bed.Folder.File("files")}}","olderThanDays":7}""" });

        var result = await bed.RunAsync(request);

        Assert.Equal((RunEnd.Succeeded, null), (result.End, result.Error));
        Assert.Equal((false, true), (File.Exists(old), File.Exists(young)));
        Assert.Equal($"{old}\n", bed.Kept.Text(request.ExecutionId, OutputStream.Out));
        Assert.Equal($"info  {bed.Folder.File("files")} had 1 old files.\n", bed.Kept.Text(request.ExecutionId, OutputStream.Err));
    }

    [Theory]
    [InlineData("example.tidy", "{}", "arguments", "'folder', 'olderThanDays'")]
    [InlineData("gone", null, "unknown_handler", "There is no handler 'gone'")]
    public async Task FailsWhenItCannotRun(string name, string? arguments, string type, string part)
    {
        await using var bed = new RunningBed(adjust: static options => options with { HandlerAssemblies = [ExampleAssembly.File] });

        var result = await bed.RunAsync(bed.Request(new HandlerWork { Name = name, Arguments = arguments }));

        Assert.Equal((RunEnd.Failed, type), (result.End, result.Error!.Type));
        Assert.Contains(part, result.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TellsAHandlersExceptionWithItsStack()
    {
        await using var bed = Bed(static (_, _) => throw new InvalidDataException("Row 3 has no key."));

        var result = await bed.RunAsync(bed.Request(Work));

        Assert.Equal((RunEnd.Failed, "System.IO.InvalidDataException"), (result.End, result.Cause));
        Assert.Equal(("System.IO.InvalidDataException", "Row 3 has no key."), (result.Error!.Type, result.Error.Message));
        Assert.Contains(nameof(TellsAHandlersExceptionWithItsStack), result.Error.Stack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManyHandlersThatBlockLeaveThePoolToOthers()
    {
        using var release = new ManualResetEventSlim();
        var onPool = 0;
        var started = 0;
        await using var bed = Bed((_, _) =>
        {
            Interlocked.Add(ref onPool, Thread.CurrentThread.IsThreadPoolThread ? 1 : 0);
            Interlocked.Increment(ref started);
            release.Wait(TestContext.Current.CancellationToken);
            return Task.CompletedTask;
        });
        var runs = Enumerable.Range(0, 24).Select(_ => bed.RunAsync(bed.Request(Work))).ToList();

        await Eventually.HoldsAsync("all had started", () => Task.FromResult(Volatile.Read(ref started) == runs.Count), TestContext.Current.CancellationToken);
        release.Set();
        var results = await Task.WhenAll(runs);

        Assert.InRange(onPool, 0, Math.Max(Environment.ProcessorCount / 2, 1));
        Assert.All(results, static result => Assert.Equal(RunEnd.Succeeded, result.End));
    }

    [Fact]
    public async Task AHandlerThatListensEndsAsWhatAskedItToEnd()
    {
        var clock = new FakeClock();
        await using var bed = Bed(static (context, token) => new TaskCompletionSource().Task.WaitAsync(token), clock);
        var request = bed.Request(Work);
        var run = bed.RunAsync(request);

        await Eventually.HoldsAsync("the timeout was set", () => Task.FromResult(clock.PendingTimers > 0), TestContext.Current.CancellationToken);
        clock.Advance(request.Timeout);
        var result = await run;

        Assert.Equal((RunEnd.TimedOut, "timeout", 0), (result.End, result.Error!.Type, bed.Runner.Quarantined));
    }

    [Fact]
    public async Task AHandlerThatDoesNotListenIsAbandonedAndHoldsItsSlotUntilItReturns()
    {
        var clock = new FakeClock();
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var bed = Bed(
            async (context, _) =>
            {
                started.SetResult();
                await release.Task;
                await context.Output.WriteLineAsync("too late");
            },
            clock);
        using var stop = new RunStop();
        var request = bed.Request(Work);
        var run = bed.Runner.RunAsync(request, stop);
        await started.Task;

        stop.Request(StopReason.Cancelled);
        clock.Advance(request.Grace);
        var result = await run;

        Assert.Equal((RunEnd.Abandoned, "abandoned", 1), (result.End, result.Cause, bed.Runner.Quarantined));
        Assert.Equal((null, "1 slots of jobs are held by runs that were given up"), (bed.Readiness.Missing, bed.Readiness.Notes));
        release.SetResult();
        await Eventually.HoldsAsync("the slot was free", () => Task.FromResult(bed.Runner.Quarantined == 0), TestContext.Current.CancellationToken);
        Assert.Empty(bed.Kept.Rows(request.ExecutionId));
        Assert.Null(bed.Readiness.Notes);
    }

    [Fact]
    public async Task AHandlerThatIsDoneWhenTheServerStopsHasSucceeded()
    {
        using var stop = new RunStop();
        await using var bed = Bed((_, _) =>
        {
            stop.Request(StopReason.Shutdown);
            return Task.CompletedTask;
        });

        var result = await bed.Runner.RunAsync(bed.Request(Work), stop);

        Assert.Equal(RunEnd.Succeeded, result.End);
    }

    [Fact]
    public async Task ALostLeaseIsToldAsSuch()
    {
        using var stop = new RunStop();
        var lost = false;
        await using var bed = Bed(async (context, _) =>
        {
            using var told = new SemaphoreSlim(0);
            await using var registration = context.Lost.Register(() => told.Release());
            stop.Request(StopReason.Lost);
            await told.WaitAsync(CancellationToken.None);
            lost = true;
        });

        var result = await bed.Runner.RunAsync(bed.Request(Work), stop);

        Assert.Equal(RunEnd.Lost, result.End);
        await Eventually.HoldsAsync("the handler was told", () => Task.FromResult(lost && bed.Runner.Quarantined == 0), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task AHandlerIsGivenItsRun()
    {
        JobContext? given = null;
        string? trace = null;
        await using var bed = Bed((context, _) =>
        {
            given = context;
            trace = System.Diagnostics.Activity.Current?.TraceId.ToHexString();
            return Task.CompletedTask;
        });
        var request = bed.Request(Work) with { Attempt = 3, Fence = 77 };

        await bed.RunAsync(request);

        Assert.Equal((request.ExecutionId, request.JobId, request.JobName, 3, 77L, request.NominalAt), (given!.ExecutionId, given.JobId, given.JobName, given.Attempt, given.Fence, given.NominalAt));
        Assert.Equal((request.TraceId, request.TraceId), (given.TraceId, trace));
    }

    [Fact]
    public async Task WhatFailsInACancelledTokenHurtsNobodyElse()
    {
        using var stop = new RunStop();
        await using var bed = Bed(async (_, token) =>
        {
            await using var registration = token.Register(static () => throw new InvalidOperationException("A callback failed."));
            stop.Request(StopReason.Cancelled);
            await new TaskCompletionSource().Task.WaitAsync(token);
        });

        Assert.Equal(RunEnd.Cancelled, (await bed.Runner.RunAsync(bed.Request(Work), stop)).End);
    }

    private static HandlerWork Work => new() { Name = "test" };

    private static RunningBed Bed(Func<JobContext, CancellationToken, Task> run, TimeProvider? clock = null) =>
        new(clock, handlers: new JobRegistry().Add("test", () => new DelegateJob(run)));

    private sealed class DelegateJob(Func<JobContext, CancellationToken, Task> run) : IJob<NoArguments>
    {
        public Task RunAsync(NoArguments arguments, JobContext context, CancellationToken cancellationToken) => run(context, cancellationToken);
    }
}
