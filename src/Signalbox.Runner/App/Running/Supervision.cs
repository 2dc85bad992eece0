using System.Globalization;
using Signalbox.Runner.Agents;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Processes;
using Signalbox.Runner.Readings;
using Signalbox.Runner.Readings.Report;
using Signalbox.Runner.Resources;
using Signalbox.Runner.Usage;

namespace Signalbox.Runner.App.Running;

/// <summary>Keeps a command within its limits while it runs: memory, budgets, silence; and passes signals on to it.</summary>
internal sealed class Supervision
{
    private readonly RunBeginning _run;
    private readonly IChild _child;
    private readonly FactLog _facts;
    private readonly RunReading _reading;
    private readonly Action<RunnerEvent> _tell;
    private readonly Stopper _stopper;
    private readonly ResourceMonitor _monitor;
    private readonly BudgetWatch _budget;
    private readonly long _began;

    /// <param name="tell">Writes down what is done, and logs it.</param>
    public Supervision(RunBeginning run, IChild child, FactLog facts, RunReading reading, StateFile state, Action<RunnerEvent> tell)
    {
        (_run, _child, _facts, _reading, _tell) = (run, child, facts, reading, tell);
        _began = Clock.GetTimestamp();
        var resources = run.Request.Options.Resources;
        _stopper = new Stopper(child, tell, state, resources.StopGrace, Clock);
        Watch = new AgentWatch(run.Request.Options.Agent, Clock);
        _budget = new BudgetWatch(run.Start.Limits);
        var handlers = new ResourceHandlers(
            sample =>
            {
                facts.Record(sample);
                state.Take(sample);
            },
            facts.Record,
            static (_, _) => { });
        _monitor = new ResourceMonitor(resources, TreeSources.For(child, resources), new RunnerSource(), handlers, Clock, run.LoggerOf<ResourceMonitor>());
    }

    /// <summary>Done as soon as the runner ends the command.</summary>
    public Task Stopping => _stopper.Began;

    /// <summary>To be told of what the agent tells.</summary>
    public AgentWatch Watch { get; }

    private TimeProvider Clock => _run.Request.Clock;

    /// <summary>Runs until the command has ended.</summary>
    public async Task RunAsync()
    {
        using var over = new CancellationTokenSource();
        List<Task> loops = [_monitor.RunAsync(over.Token)];
        _ = StopPastLimitAsync();
        if (_run.Start.Agent is not null)
        {
            loops.Add(UntilOverAsync(WatchAsync, over.Token));
        }

        if (_budget.TimeLimit is not null)
        {
            loops.Add(UntilOverAsync(WaitForTimeAsync, over.Token));
        }

        await _child.Exited;
        await over.CancelAsync();
        await Task.WhenAll(loops);
        await _stopper.Done;
        _monitor.TakeNow();
    }

    /// <summary>Compares what was used with the budgets; called when the agent has told something.</summary>
    public void CheckBudget()
    {
        if (!_budget.IsNeeded)
        {
            return;
        }

        foreach (var finding in _facts.Read(() => _budget.Check(_reading.Usage.SoFar, Clock.GetElapsedTime(_began))))
        {
            var found = finding.ToEvent(Clock.GetUtcNow());
            if (!finding.IsPassed)
            {
                _tell(found);
            }
            else if (!_stopper.Stop(found))
            {
                _tell(finding.ToLateEvent(found.At));
            }
        }
    }

    private static async Task UntilOverAsync(Func<CancellationToken, Task> loop, CancellationToken over)
    {
        try
        {
            await loop(over);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The command has ended.
        }
    }

    private async Task StopPastLimitAsync()
    {
        var sample = await _monitor.LimitPassed;
        _stopper.Stop(
            OutcomeReasons.MemoryLimit,
            string.Create(CultureInfo.InvariantCulture, $"The command and the runner used {sample.MemoryBytes} bytes of memory, more than the limit of {_run.Start.Limits.MemoryBytes}, and the command is ended."));
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        if (await Watch.RunAsync(cancellationToken) is { } verdict)
        {
            _stopper.Stop(verdict.Reason, verdict.Text);
        }
    }

    /// <summary>A timer may come a little early by the other clock, so it is looked again until the time is over.</summary>
    private async Task WaitForTimeAsync(CancellationToken cancellationToken)
    {
        var limit = _budget.TimeLimit!.Value;
        for (var left = limit - Clock.GetElapsedTime(_began); left > TimeSpan.Zero; left = limit - Clock.GetElapsedTime(_began))
        {
            CheckBudget();
            var near = (limit * 0.8) - Clock.GetElapsedTime(_began);
            await Task.Delay(near > TimeSpan.Zero ? near : left, Clock, cancellationToken);
        }

        CheckBudget();
    }
}
