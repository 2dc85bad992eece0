namespace Signalbox.Runner.Readings.Report;

/// <summary>The agent that ran.</summary>
/// <param name="Name"><c>claude-code</c> or the name of a mapping.</param>
/// <param name="Version">Of the agent's program, as it told.</param>
/// <param name="Model">The first that it told of.</param>
/// <param name="SessionId">The last one, where there were several.</param>
/// <param name="Mapping">Name of the mapping that its stream was read with; absent for a built-in reader.</param>
internal sealed record AgentReport(string Name, string? Version, string? Model, string? SessionId, string? Mapping);
