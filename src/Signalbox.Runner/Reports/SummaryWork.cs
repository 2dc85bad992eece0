using System.Text;
using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.Reports;

/// <summary>The parts of the summary that tell what was changed and what was denied.</summary>
internal static class SummaryWork
{
    public static void WriteChanges(StringBuilder text, RunReport report)
    {
        if (report.Changes.Count == 0)
        {
            return;
        }

        var links = new SourceLinks(report.Ci);
        SummaryMarkdown.Heading(text, "What was changed");
        text.Append("| File | Change | Lines | By |\n|---|---|---:|---|\n");

        // What no event tells of is what a reviewer looks for; it must not fall below the bound.
        foreach (var change in report.Changes.OrderBy(static change => change.Attributed).Take(SummaryMarkdown.MaxRows))
        {
            var file = MarkdownText.Path(change.Path);
            text.Append("| ").Append(change.Kind == "added" ? file : SourceLinks.Link(file, links.File(change.Path)))
                .Append(" | ").Append(MarkdownText.Plain(change.Kind))
                .Append(" | ").Append(Lines(change))
                .Append(" | ").Append(change.Attributed ? Calls(change.ToolUseIds.Count) : "**no event tells of it**").Append(" |\n");
        }

        SummaryMarkdown.More(text, report.Changes.Count, "files");
    }

    public static void WriteDenials(StringBuilder text, RunReport report)
    {
        if (report.Denials.Count == 0)
        {
            return;
        }

        SummaryMarkdown.Heading(text, "What was denied");
        text.Append("| Tool | On | By | Why |\n|---|---|---|---|\n");
        foreach (var denial in report.Denials.Take(SummaryMarkdown.MaxRows))
        {
            text.Append("| ").Append(denial.Tool is { } tool ? MarkdownText.Code(tool) : "–")
                .Append(" | ").Append(denial.Resource is { } resource ? MarkdownText.Path(resource) : "–")
                .Append(" | ").Append(denial.PolicyId is { } policy ? $"policy {MarkdownText.Code(policy)}" : "the agent's own rules")
                .Append(" | ").Append(denial.Reason is { } reason ? MarkdownText.Plain(reason, 200) : "–").Append(" |\n");
        }

        SummaryMarkdown.More(text, report.Denials.Count, "denials");
    }

    private static string Calls(int count) => count == 0 ? "the agent" : FigureText.Of(count, "call", "calls");

    private static string Lines(ChangeReport change) => change.LinesAdded is null && change.LinesRemoved is null
        ? change.Kind == "deleted" ? "–" : FigureText.Bytes(change.Bytes)
        : $"+{FigureText.Count(change.LinesAdded ?? 0)} −{FigureText.Count(change.LinesRemoved ?? 0)}";
}
