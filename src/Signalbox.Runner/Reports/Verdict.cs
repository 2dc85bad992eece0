using System.Globalization;
using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.Reports;

/// <summary>The one line that a reviewer reads first.</summary>
internal static class Verdict
{
    /// <summary>A headline's text, mark included.</summary>
    public static string Of(RunReport report)
    {
        var who = report.Agent?.Name ?? "The command";
        var ended = Ended(report.Outcome);
        var code = report.Outcome.ExitCode is { } exit and not 0 ? string.Create(CultureInfo.InvariantCulture, $" (exit code {exit})") : string.Empty;
        return $"{Mark(report)} {MarkdownText.Plain(who)} {ended}{code} · risk {FigureText.Count(Math.Round(report.Risk.Score))} of 100, {MarkdownText.Plain(report.Risk.Level)}";
    }

    private static string Mark(RunReport report) => report.Outcome switch
    {
        { Reason: OutcomeReasons.Running } => "⏳",
        { ExitCode: not 0 } => "❌",
        _ when report.Risk.Level is "high" or "critical" || report.Audit.Unattributed > 0 => "⚠️",
        _ => "✅",
    };

    private static string Ended(OutcomeReport outcome) => outcome.Reason switch
    {
        OutcomeReasons.Completed => "completed",
        OutcomeReasons.Failed => "failed",
        OutcomeReasons.MemoryLimit => "was stopped: it passed its memory limit",
        OutcomeReasons.KernelOom => "was killed by the kernel for want of memory",
        OutcomeReasons.BudgetTokens => "was stopped: it used up its tokens",
        OutcomeReasons.BudgetUsd => "was stopped: it used up its money",
        OutcomeReasons.BudgetMinutes => "was stopped: it used up its time",
        OutcomeReasons.BudgetTurns => "was stopped: it used up its turns",
        OutcomeReasons.HangAfterResult => "told its result, did not end, and was ended",
        OutcomeReasons.Stalled => "was stopped: it said nothing for too long",
        OutcomeReasons.Signal => "was ended by a signal",
        OutcomeReasons.Interrupted => "was interrupted",
        OutcomeReasons.NotStarted => "could not be started",
        OutcomeReasons.AgentError => "reported an error",
        OutcomeReasons.Incomplete => "was not seen to end: the runner was killed",
        OutcomeReasons.Running => "is running",
        var other => MarkdownText.Plain(other),
    };
}
