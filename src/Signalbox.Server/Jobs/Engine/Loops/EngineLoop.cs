using Signalbox.Server.Platform.Audit;
namespace Signalbox.Server.Jobs.Engine.Loops;

/// <summary>One of the engine's loops: goes on whatever a round came to, and never waits longer for a round than its limit.</summary>
internal abstract class EngineLoop
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>How long a stop waits for the round under way.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly string _name;
    private readonly TimeSpan _limit;
    private readonly LoopContext _context;

    /// <param name="name">In metrics and logs.</param>
    /// <param name="limit">A round that takes longer is left behind: its statements are guarded, so it does no harm when it ends after all.</param>
    protected EngineLoop(string name, TimeSpan limit, LoopContext context)
    {
        _name = name;
        _limit = limit;
        _context = context;
    }

    /// <summary>Ends the loop's rest.</summary>
    public WakeUp Wake { get; } = new();

    protected TimeProvider Clock => _context.Clock;

    protected ILogger Log => _context.Log;

    /// <summary>Does one round.</summary>
    /// <returns>How long the loop may rest, unless it is woken.</returns>
    public abstract Task<TimeSpan> RunOnceAsync(CancellationToken cancellationToken);

    /// <summary>Runs until <paramref name="stopping"/>, and then until the round under way is over, so that what it took is known; it does not throw.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var scope = AuditScope.Background($"jobs.{_name}");
        var failures = 0;
        var round = Task.FromResult(TimeSpan.Zero);
        while (!stopping.IsCancellationRequested)
        {
            TimeSpan rest;
            try
            {
                round = RunOnceAsync(stopping);
                rest = await round.WaitAsync(_limit, Clock, stopping);
                failures = 0;
                _context.Ages.Succeeded(_name);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                Log.RoundFailed(_name, exception);
                rest = Pause(failures++);
            }
            catch (Exception)
            {
                // Whatever a round came to while the loop was told to stop, it is the last one.
                break;
            }

            await RestAsync(rest, stopping);
        }

        await EndAsync(round);
    }

    /// <summary>Puts in order what the last round left, once no other follows.</summary>
    protected virtual Task TidyAsync() => Task.CompletedTask;

    private static TimeSpan Pause(int failures) => TimeSpan.FromMilliseconds(Math.Min(100 * Math.Pow(2, Math.Min(failures, 10)), LongestPause.TotalMilliseconds));

    private async Task EndAsync(Task round)
    {
        try
        {
            await LastAsync(round).WaitAsync(Farewell, Clock, CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.RoundFailed(_name, exception);
        }
    }

    private async Task LastAsync(Task round)
    {
        await round.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await TidyAsync();
    }

    private async Task RestAsync(TimeSpan rest, CancellationToken stopping)
    {
        try
        {
            await Wake.WaitAsync(rest, Clock, stopping);
        }
        catch (OperationCanceledException)
        {
            // The loop's condition ends it.
        }
    }
}

/// <summary>What every loop needs.</summary>
internal sealed class LoopContext(TimeProvider clock, LoopAges ages, ILoggerFactory loggers)
{
    public TimeProvider Clock => clock;

    public LoopAges Ages => ages;

    public ILogger Log { get; } = loggers.CreateLogger("Signalbox.Server.Jobs.Engine");
}
