using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.Agents;

/// <summary>Which agent a command runs, as far as its output can be read.</summary>
/// <param name="Name">Goes into <c>run.json</c>; null for a plain command, or for an agent whose output cannot be read.</param>
/// <param name="Mapping">The mapping's text, which goes into <c>run.json</c> too, so that a replay reads the same; null for a built-in reader.</param>
/// <param name="Warnings">What its user should know.</param>
internal sealed record AgentChoice(string? Name, string? Mapping, IReadOnlyList<WarningReport> Warnings)
{
    public static AgentChoice Plain { get; } = new(null, null, []);
}
