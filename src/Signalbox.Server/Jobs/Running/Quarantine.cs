using System.Globalization;
using Signalbox.Server.Platform;

namespace Signalbox.Server.Jobs.Running;

/// <summary>Counts work that goes on although it was given up: .NET cannot abort a thread, and a process can hang in the kernel.</summary>
internal sealed class Quarantine
{
    private readonly TimeProvider _clock;
    private readonly ILogger<Quarantine> _log;
    private readonly Readiness _readiness;
    private readonly Lock _gate = new();
    private int _count;

    public Quarantine(RunningMetrics metrics, Readiness readiness, TimeProvider clock, ILogger<Quarantine> log)
    {
        _readiness = readiness;
        _clock = clock;
        _log = log;
        metrics.ObserveQuarantined(() => Held);
    }

    public int Held => Volatile.Read(ref _count);

    public void Hold(RunRequest request, Task stillRunning)
    {
        var start = _clock.GetTimestamp();
        Count(1);
        RunningLog.Abandoned(_log, request.JobName);
        _ = stillRunning.ContinueWith(
            task =>
            {
                // Looked at, so that a late failure is no unobserved one; the execution ended long ago and nobody waits for it.
                _ = task.Exception;
                Count(-1);
                RunningLog.Returned(_log, request.JobName, _clock.GetElapsedTime(start).TotalSeconds);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private void Count(int change)
    {
        lock (_gate)
        {
            _count += change;
            _readiness.Note("jobs", _count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{_count} slots of jobs are held by runs that were given up"));
        }
    }
}
