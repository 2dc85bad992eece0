using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Agents;

/// <summary>Turns the lines of one agent's output into events, whatever the agent.</summary>
/// <remarks>
/// A reader belongs to one stream, since a line may refer to those before it, and gives the same events for the same lines. It throws for no line:
/// what it cannot read becomes a <see cref="BrokenLine"/>, what it does not know an <see cref="UnknownEvent"/>. Not thread-safe.
/// </remarks>
internal interface IAgentReader
{
    /// <summary>As <c>report.json</c> names the agent.</summary>
    string Name { get; }

    /// <param name="line">Without its end; nothing of it is kept after the call.</param>
    /// <param name="number">From 0.</param>
    /// <param name="into">Events are added at its end; a line may give none, and several.</param>
    void Read(ReadOnlyMemory<byte> line, long number, DateTimeOffset at, List<AgentEvent> into);
}
