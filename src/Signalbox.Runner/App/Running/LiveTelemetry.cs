using Signalbox.Runner.Agents.Claude;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Metrics;
using Signalbox.Runner.Receiving;

namespace Signalbox.Runner.App.Running;

/// <summary>Takes the agent's own telemetry while it runs, where the agent can send it.</summary>
internal sealed class LiveTelemetry : IAsyncDisposable
{
    private readonly TelemetryReceiver _receiver;

    private LiveTelemetry(TelemetryReceiver receiver, IReadOnlyDictionary<string, string?> variables)
    {
        _receiver = receiver;
        Variables = variables;
    }

    /// <summary>What the agent's environment is changed by; null takes a variable away.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; }

    /// <summary>What still has to be sent on at the end.</summary>
    public IReadOnlyList<IRunPublisher> Publishers => _receiver.Forwarding is { } forwarding ? [forwarding] : [];

    /// <returns>Null when the agent sends nothing, its user sends it elsewhere or forbids it, or no port is to be had.</returns>
    public static LiveTelemetry? TryStart(RunBeginning run)
    {
        var options = run.Request.Options.Metrics;
        var environment = run.Request.Environment;
        if (run.Start.Agent != ClaudeCodeReader.AgentName
            || environment.GetValueOrDefault("CLAUDE_CODE_ENABLE_TELEMETRY") is { Length: > 0 } and not "1"
            || AgentTelemetry.IsElsewhere(environment.GetValueOrDefault))
        {
            return null;
        }

        return ReceiverSetup.TryStart(options, run.Folder.File(RunFiles.Telemetry), run.Redactor.Value, run.Request.Clock, run.LoggerOf<TelemetryReceiver>()) is { } receiver
            ? new LiveTelemetry(receiver, AgentTelemetry.Environment(receiver.Address, environment))
            : null;
    }

    /// <summary>The agent has ended: takes no more.</summary>
    public Task StopAsync() => _receiver.StopAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();
}
