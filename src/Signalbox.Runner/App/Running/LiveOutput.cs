using Signalbox.Runner.Agents;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings;
using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.App.Running;

/// <summary>The output of an agent while it goes on: carried to disk and to our own output, and read.</summary>
internal sealed class LiveOutput : IDisposable
{
    private readonly StreamFile _raw;
    private readonly LiveAgent _agent;
    private readonly OutputPump _pump;
    private readonly TimeProvider _clock;

    /// <param name="warn">Takes the code and the text of a warning.</param>
    public LiveOutput(RunBeginning run, IAgentReader reader, FactLog facts, LiveAgentListeners listeners, Action<string, string> warn)
    {
        _clock = run.Request.Clock;
        _raw = new StreamFile(run.Folder);
        var decisions = new DecisionFeed(new FactTail<PolicyDecided>(run.Folder.File(RunFiles.Decisions), FactsJson.Default.PolicyDecided));
        _agent = new LiveAgent(run, reader, facts, decisions, listeners);
        _pump = new OutputPump(_raw, run.Request.Console.Output, _agent.Marks, _clock, warn);
    }

    public StreamReport Report => _agent.Report;

    /// <summary>Runs until the output has ended and has been read whole.</summary>
    /// <param name="grace">How long the output may stay open when the command and all of its tree have ended.</param>
    public async Task RunAsync(Stream output, TimeSpan grace, Task exited)
    {
        using var abandon = new CancellationTokenSource();
        var reading = _agent.RunAsync(CancellationToken.None);
        var pumping = _pump.RunAsync(output, abandon.Token);
        await Task.WhenAny(pumping, exited);
        try
        {
            await pumping.WaitAsync(grace, _clock);
        }
        catch (TimeoutException)
        {
            await abandon.CancelAsync();
        }

        try
        {
            await pumping;
        }
        catch (OperationCanceledException)
        {
            // What was written down by then is read all the same.
        }

        await reading;
    }

    public void Dispose()
    {
        _agent.Dispose();
        _raw.Dispose();
    }
}
