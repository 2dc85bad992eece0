namespace Signalbox.Server.Jobs.Running;

/// <summary>Counts work that goes on although it was given up: .NET cannot abort a thread, and a process can hang in the kernel.</summary>
internal sealed class Quarantine
{
    private readonly TimeProvider _clock;
    private readonly ILogger<Quarantine> _log;
    private int _count;

    public Quarantine(RunningMetrics metrics, TimeProvider clock, ILogger<Quarantine> log)
    {
        _clock = clock;
        _log = log;
        metrics.ObserveQuarantined(() => Count);
    }

    public int Count => Volatile.Read(ref _count);

    public void Hold(RunRequest request, Task stillRunning)
    {
        var start = _clock.GetTimestamp();
        Interlocked.Increment(ref _count);
        RunningLog.Abandoned(_log, request.JobName);
        _ = stillRunning.ContinueWith(
            task =>
            {
                // Looked at, so that a late failure is no unobserved one; the execution ended long ago and nobody waits for it.
                _ = task.Exception;
                Interlocked.Decrement(ref _count);
                RunningLog.Returned(_log, request.JobName, _clock.GetElapsedTime(start).TotalSeconds);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
