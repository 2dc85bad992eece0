namespace Signalbox.Runner.Readings.Report;

/// <summary>A call that was refused.</summary>
/// <param name="ToolUseId">Absent when no signal named it.</param>
/// <param name="Signals">Who told of it: <c>permission_denied</c>, <c>result</c>, <c>policy</c>, <c>tool_result</c>; at least one.</param>
/// <param name="PolicyId">The rule that refused it, where a policy did.</param>
internal sealed record DenialReport(string? ToolUseId, string? Tool, string? Resource, IReadOnlyList<string> Signals, string? Reason, string? PolicyId);
