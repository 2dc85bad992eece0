namespace Signalbox.Runner.Readings.Report;

/// <summary>How much a reviewer should worry, and about what.</summary>
/// <param name="Score">0 to 100.</param>
/// <param name="Level"><c>low</c>, <c>medium</c>, <c>high</c> or <c>critical</c>.</param>
/// <param name="Contributions">Those that count the most first.</param>
internal sealed record RiskReport(double Score, string Level, IReadOnlyList<RiskContribution> Contributions);

/// <summary>What one rule adds to the score.</summary>
/// <param name="Reason">A sentence for people.</param>
internal sealed record RiskContribution(string Rule, double Points, string Reason, IReadOnlyList<string> Resources);
