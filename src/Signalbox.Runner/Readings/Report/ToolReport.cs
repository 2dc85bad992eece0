namespace Signalbox.Runner.Readings.Report;

/// <summary>How often one tool was called.</summary>
/// <param name="Failed">Answered with an error and were not denied.</param>
/// <param name="DurationSeconds">From call to answer, all calls together; those without an answer do not count.</param>
internal sealed record ToolReport(string Name, long Calls, long Failed, long Denied, double DurationSeconds);
