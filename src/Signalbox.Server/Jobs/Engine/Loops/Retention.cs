using Signalbox.Server.Jobs.Engine.Instances;
using Signalbox.Server.Jobs.Engine.Retiring;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Loops;

/// <summary>Deletes what is older than it is kept, in batches that grow smaller when they hold others up.</summary>
internal sealed class Retention(ControlDatabase database, InstanceDirectory instances, EngineOptions options, LoopContext context)
    : EngineLoop("retention", TimeSpan.FromMinutes(1), context)
{
    private const int Smallest = 20;
    private const int Largest = 1000;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongBatch = TimeSpan.FromMilliseconds(250);

    private int _batch = 200;

    private long KeptMs => (long)options.HistoryRetention.TotalMilliseconds;

    public override async Task<TimeSpan> RunOnceAsync(CancellationToken cancellationToken)
    {
        await instances.ForgetAsync(cancellationToken);
        var more = false;
        more |= await StepAsync((session, limit) => RetireStore.HistoryAsync(session, KeptMs, limit), cancellationToken);
        more |= await StepAsync((session, limit) => RetireStore.FiresAsync(session, KeptMs, limit), cancellationToken);
        more |= await StepAsync((session, limit) => RetireStore.CausesAsync(session, KeptMs, limit), cancellationToken);
        more |= await StepAsync((session, limit) => RetireStore.DaysAsync(session, KeptMs, limit), cancellationToken);
        more |= await StepAsync((session, limit) => RetireStore.SchedulesAsync(session, KeptMs, limit), cancellationToken);
        more |= await StepAsync(RetireStore.HoursAsync, cancellationToken);
        return more ? Breath : Period;
    }

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> StepAsync(Func<ControlSession, int, Task<int>> step, CancellationToken cancellationToken)
    {
        var limit = _batch;
        var start = Clock.GetTimestamp();
        try
        {
            var count = await database.WriteAsync(session => step(session, limit), repeatable: true, cancellationToken);
            _batch = Clock.GetElapsedTime(start) > LongBatch ? Math.Max(_batch / 2, Smallest) : count >= limit ? Math.Min(_batch * 2, Largest) : _batch;
            return count >= limit;
        }
        catch (Exception exception) when (database.Dialect.IsTransient(exception) || exception is ControlUnavailableException or ControlBusyException)
        {
            // It held others up, or they it: less at a time, and later.
            _batch = Math.Max(_batch / 4, Smallest);
            throw;
        }
    }
}
