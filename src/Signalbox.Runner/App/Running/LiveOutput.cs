using Signalbox.Runner.Agents;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings;
using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.App.Running;

/// <summary>The output of an agent while it goes on: carried to disk and to our own output, and read.</summary>
internal sealed class LiveOutput : IDisposable
{
    private readonly LiveAgent _agent;
    private readonly StreamFile _raw;
    private readonly OutputPump _pump;
    private readonly Action<string, string> _warn;

    /// <param name="raw">Where the output is kept; not disposed of here.</param>
    /// <param name="warn">Takes the code and the text of a warning.</param>
    public LiveOutput(RunBeginning run, StreamFile raw, IAgentReader reader, FactLog facts, LiveAgentListeners listeners, Action<string, string> warn)
    {
        _warn = warn;
        _raw = raw;
        var decisions = new DecisionFeed(new FactTail<PolicyDecided>(run.Folder.File(RunFiles.Decisions), FactsJson.Default.PolicyDecided));
        _agent = new LiveAgent(run, raw.Reader, reader, facts, decisions, listeners);
        _pump = new OutputPump(raw, run.Request.Console.Output, _agent.Marks, run.Request.Clock, warn);
    }

    public StreamReport Report => _agent.Report;

    /// <inheritdoc cref="OutputPump.NotKept"/>
    public long NotKept => _pump.NotKept;

    /// <inheritdoc cref="OutputPump.NotPassedOn"/>
    public long NotPassedOn => _pump.NotPassedOn;

    /// <summary>Runs until the output has ended and has been read whole.</summary>
    public async Task RunAsync(Stream output, OutputEnd end)
    {
        var reading = _agent.RunAsync(CancellationToken.None);
        await _pump.RunAsync(output, end);
        try
        {
            await reading;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _warn("stream_not_read", $"The rest of the output could not be read; a replay can read it: {exception.Message}");
        }

        if (!_raw.IsIntact())
        {
            _warn("stream_changed", "stream.ndjson is not what the agent said: another process has changed it, so neither this report nor a replay can be relied on.");
        }
    }

    public void Dispose() => _agent.Dispose();
}
