using System.Text;
using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.Reports;

/// <summary>Writes what a reviewer wants to know of a run, to be read in ten seconds: the verdict, one row of figures, then what stands behind them.</summary>
internal static class SummaryMarkdown
{
    /// <summary>Rows of each table; what is beyond is counted in a sentence.</summary>
    public const int MaxRows = 50;

    /// <summary>The report as Markdown in GitHub's dialect; the same report gives the same text.</summary>
    public static string Write(RunReport report)
    {
        var text = new StringBuilder(2048);
        text.Append("## ").Append(Verdict.Of(report)).Append("\n\n");
        WriteWhere(text, report);
        WriteFigures(text, report);
        WriteWords(text, report.Result);
        SummaryWork.WriteChanges(text, report);
        SummaryWork.WriteDenials(text, report);
        SummaryMoney.Write(text, report);
        WriteRisk(text, report.Risk);
        WriteWarnings(text, report);
        text.Append("---\nRun ").Append(MarkdownText.Code(report.Id)).Append(" · trace ").Append(MarkdownText.Code(report.TraceId))
            .Append(" · cicd-runner ").Append(MarkdownText.Plain(report.Version.Split('+')[0])).Append('\n');
        return text.ToString();
    }

    /// <summary>A section of its own.</summary>
    internal static void Heading(StringBuilder text, string heading) => text.Append("### ").Append(heading).Append("\n\n");

    /// <summary>Says how many rows a table does not show.</summary>
    internal static void More(StringBuilder text, int count, string what)
    {
        if (count > MaxRows)
        {
            text.Append("\n… and ").Append(FigureText.Count(count - MaxRows)).Append(" more ").Append(what).Append("; `report.json` has them all.\n");
        }

        text.Append('\n');
    }

    private static void WriteWhere(StringBuilder text, RunReport report)
    {
        var ci = report.Ci;
        var parts = new List<string>();
        if (ci.Actor is { } actor)
        {
            parts.Add($"for {MarkdownText.Code(actor.Id)}");
        }

        if (ci.Repository is { } repository)
        {
            parts.Add($"in {SourceLinks.Link(MarkdownText.Code(repository), ci.RepositoryUrl)}");
        }

        if (ci.Branch is { } branch)
        {
            parts.Add($"on {MarkdownText.Code(branch)}");
        }

        if (ci.Commit is { } commit)
        {
            parts.Add($"at {SourceLinks.Link(MarkdownText.Code(commit[..Math.Min(commit.Length, 8)]), new SourceLinks(ci).Commit)}");
        }

        if ((ci.Number ?? ci.RunId) is { } number)
        {
            parts.Add(SourceLinks.Link($"run {MarkdownText.Plain(number)}", ci.Url));
        }

        if (parts.Count > 0)
        {
            text.Append("Ran ").AppendJoin(", ", parts).Append(".\n\n");
        }

        if (report.Outcome is { Detail: { } detail, Reason: not OutcomeReasons.Completed })
        {
            text.Append("> ").Append(MarkdownText.Plain(detail, 500)).Append("\n\n");
        }
    }

    private static void WriteFigures(StringBuilder text, RunReport report)
    {
        var added = report.Changes.Sum(static change => change.LinesAdded ?? 0);
        var removed = report.Changes.Sum(static change => change.LinesRemoved ?? 0);
        var memory = report.Resources;
        text.Append("| Changed files | Denied | Unattributed | Tokens | Cost | Duration | Peak memory |\n|---:|---:|---:|---:|---:|---:|---:|\n| ")
            .Append(report.Changes.Count == 0 ? "0" : $"{FigureText.Count(report.Changes.Count)} (+{FigureText.Count(added)} −{FigureText.Count(removed)})").Append(" | ")
            .Append(Loud(report.Denials.Count)).Append(" | ")
            .Append(Loud(report.Audit.Unattributed)).Append(" | ")
            .Append(report.Usage is { } usage ? FigureText.Count(usage.TotalTokens) : "–").Append(" | ")
            .Append(report.Usage?.CostUsd is { } cost ? FigureText.Usd(cost) : "–").Append(" | ")
            .Append(report.DurationSeconds is { } seconds ? FigureText.Duration(seconds) : "–").Append(" | ")
            .Append(memory.Samples == 0 ? "–" : memory.LimitBytes == 0 ? FigureText.Bytes(memory.PeakBytes) : $"{FigureText.Bytes(memory.PeakBytes)} of {FigureText.Bytes(memory.LimitBytes)}")
            .Append(" |\n\n");
    }

    /// <summary>What the agent says of it: told as its word, since the tables tell what it did.</summary>
    private static void WriteWords(StringBuilder text, ResultReport? result)
    {
        var said = result?.Text is { Length: > 0 } closing ? closing : result is { Errors: [var error, ..] } ? error : null;
        if (said is not null)
        {
            text.Append("The agent says: ").Append(MarkdownText.Plain(said, 400)).Append("\n\n");
        }
    }

    private static string Loud(long count) => count == 0 ? "0" : $"**{FigureText.Count(count)}**";

    private static void WriteRisk(StringBuilder text, RiskReport risk)
    {
        if (risk.Contributions.Count == 0)
        {
            return;
        }

        Heading(text, "Where the risk comes from");
        text.Append("| Points | Rule | Why | Where |\n|---:|---|---|---|\n");
        foreach (var one in risk.Contributions.Take(MaxRows))
        {
            const int MaxResources = 3;
            text.Append("| ").Append(FigureText.Count(one.Points)).Append(" | ").Append(MarkdownText.Code(one.Rule)).Append(" | ").Append(MarkdownText.Plain(one.Reason, 300))
                .Append(" | ").AppendJoin(", ", one.Resources.Take(MaxResources).Select(MarkdownText.Path))
                .Append(one.Resources.Count > MaxResources ? $" and {FigureText.Count(one.Resources.Count - MaxResources)} more" : string.Empty).Append(" |\n");
        }

        More(text, risk.Contributions.Count, "contributions");
    }

    private static void WriteWarnings(StringBuilder text, RunReport report)
    {
        if (report.Warnings.Count == 0 && report.Limits.Count == 0)
        {
            return;
        }

        Heading(text, "Worth knowing");
        foreach (var warning in report.Warnings.Take(MaxRows))
        {
            text.Append("- ").Append(MarkdownText.Plain(warning.Message, 500)).Append(" (").Append(MarkdownText.Code(warning.Code)).Append(")\n");
        }

        foreach (var (limit, count) in report.Limits.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Take(MaxRows))
        {
            text.Append("- ").Append(FigureText.Count(count)).Append(" not kept by the bound ").Append(MarkdownText.Code(limit)).Append(".\n");
        }

        More(text, report.Warnings.Count, "warnings");
    }
}
