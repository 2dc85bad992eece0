using System.Collections.Concurrent;
using Signalbox.Server.Jobs.Running;

namespace Signalbox.Server.Tests.Jobs.Engine;

/// <summary>Carries nothing out: a test ends each attempt itself, unless it says how all of them end.</summary>
internal sealed class FakeRunner : IAttemptRunner
{
    private readonly ConcurrentQueue<FakeAttempt> _attempts = new();

    public int Quarantined { get; set; }

    /// <summary>How every attempt ends at once; null for attempts that go on until the test ends them.</summary>
    public RunResult? Always { get; set; }

    /// <summary>All attempts so far, in the order of their start.</summary>
    public IReadOnlyList<FakeAttempt> Attempts => [.. _attempts];

    public async Task<RunResult> RunAsync(RunRequest request, RunStop stop)
    {
        var attempt = new FakeAttempt(request, stop);
        _attempts.Enqueue(attempt);
        return Always ?? await attempt.Ended;
    }
}

/// <summary>One attempt that a test ends.</summary>
internal sealed class FakeAttempt(RunRequest request, RunStop stop)
{
    private readonly TaskCompletionSource<RunResult> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RunRequest Request => request;

    /// <summary>What it was asked; kept apart because the stop itself is disposed of at the end.</summary>
    public StopReason? Asked => stop.Reason;

    public Task<RunResult> Ended => _ended.Task;

    public void End(RunEnd end, string? cause = null) => _ended.TrySetResult(new RunResult { End = end, Cause = cause });
}
