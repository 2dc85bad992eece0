using Signalbox.Server.Jobs.Engine.Endings;
using Signalbox.Server.Jobs.Engine.Instances;
using Signalbox.Server.Jobs.Engine.Runs;
using Signalbox.Server.Jobs.Running;

namespace Signalbox.Server.Jobs.Engine;

/// <summary>Runs the engine's loops, and stops them in the order that leaves nothing behind: no new runs, then no runs, then their ends written.</summary>
internal sealed class EngineService : IHostedService, IAsyncDisposable
{
    /// <summary>Kept of the time for a stop, to write down what became of the runs.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly EngineLoops _loops;
    private readonly EndingWriter _writer;
    private readonly LocalRuns _runs;
    private readonly InstanceDirectory _instances;
    private readonly EngineReport _report;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _claiming = new();
    private readonly CancellationTokenSource _working = new();
    private Task _claimers = Task.CompletedTask;
    private Task _workers = Task.CompletedTask;

    public EngineService(EngineLoops loops, EndingWriter writer, LocalRuns runs, InstanceDirectory instances, EngineReport report, TimeProvider clock)
    {
        _loops = loops;
        _writer = writer;
        _runs = runs;
        _instances = instances;
        _report = report;
        _clock = clock;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loops.Watch(_report.Metrics);
        _claimers = Task.WhenAll(_loops.Claiming.Select(loop => Task.Run(() => loop.RunAsync(_claiming.Token), CancellationToken.None)));
        _workers = Task.WhenAll(
            _loops.Working.Select(loop => Task.Run(() => loop.RunAsync(_working.Token), CancellationToken.None)).Append(Task.Run(() => _writer.RunAsync(_working.Token), CancellationToken.None)));
        return Task.CompletedTask;
    }

    /// <param name="cancellationToken">Ends the host's patience.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _claiming.CancelAsync();
        await _claimers;
        var grace = _loops.Options.StopTime > Reserve * 2 ? _loops.Options.StopTime - Reserve : _loops.Options.StopTime / 2;
        if (_runs.Running > 0)
        {
            EngineLog.EndingRuns(_report.Log, _runs.Running, grace);
        }

        Ask(StopReason.Shutdown);
        await RunsEndAsync(grace, cancellationToken);

        // Whatever still runs is killed now and counts as interrupted: the table must not show a run that this process no longer has.
        foreach (var run in _runs.All.Where(static run => !run.Ended && run.TryTakeEnd()).ToList())
        {
            _writer.Add(run, EndingDecision.OfInterrupted(run, result: null));
            run.Ask(StopReason.Lost);
        }

        await WrittenAsync();
        await _working.CancelAsync();
        await _workers;
        await LeaveAsync(cancellationToken);
    }

    /// <summary>Ends the loops also where nobody stopped them, as when another part of the server could not start: the database goes next.</summary>
    public async ValueTask DisposeAsync()
    {
        await _claiming.CancelAsync();
        await _working.CancelAsync();
        await Task.WhenAll(_claimers, _workers);
        _claiming.Dispose();
        _working.Dispose();
    }

    private void Ask(StopReason reason)
    {
        foreach (var run in _runs.All.Where(static run => !run.Ended).ToList())
        {
            run.Ask(reason);
        }
    }

    private async Task RunsEndAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        var start = _clock.GetTimestamp();
        while (_runs.All.Any(static run => !run.Ended) && _clock.GetElapsedTime(start) < grace && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, _clock, CancellationToken.None);
        }
    }

    /// <summary>What cannot be written in time is recovered by another instance, or by the next start, when its lease runs out.</summary>
    private async Task WrittenAsync()
    {
        var start = _clock.GetTimestamp();
        while (!_runs.IsEmpty && _clock.GetElapsedTime(start) < Reserve)
        {
            await Task.Delay(Pause, _clock, CancellationToken.None);
        }
    }

    private async Task LeaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _instances.LeaveAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || cancellationToken.IsCancellationRequested)
        {
            // The list forgets it by itself.
            _report.Log.RoundFailed("instances", exception);
        }
    }
}
