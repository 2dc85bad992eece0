using System.Text;
using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.Reports;

/// <summary>The part of the summary that tells what was spent, and whether the accounts agree.</summary>
internal static class SummaryMoney
{
    public static void Write(StringBuilder text, RunReport report)
    {
        if (report.Usage is not { } usage || usage.Models.Count == 0)
        {
            return;
        }

        SummaryMarkdown.Heading(text, "What it cost");
        text.Append("| Model | Input | Output | Cache read | Cache written | Cost |\n|---|---:|---:|---:|---:|---:|\n");
        foreach (var model in usage.Models.Take(SummaryMarkdown.MaxRows))
        {
            Row(text, MarkdownText.Code(model.Model), model);
        }

        if (usage.Models.Count > 1)
        {
            Row(text, "**Together**", new ModelUsageReport(
                string.Empty,
                usage.Models.Sum(static model => model.Input),
                usage.Models.Sum(static model => model.Output),
                usage.Models.Sum(static model => model.CacheRead),
                usage.Models.Sum(static model => model.CacheCreation),
                usage.CostUsd));
        }

        text.Append('\n').Append(Accounts(usage)).Append(Source(usage)).Append('\n');
        WriteBudget(text, report.Budget);
        text.Append('\n');
    }

    private static void Row(StringBuilder text, string name, ModelUsageReport model) =>
        text.Append("| ").Append(name).Append(" | ").Append(FigureText.Count(model.Input)).Append(" | ").Append(FigureText.Count(model.Output)).Append(" | ")
            .Append(FigureText.Count(model.CacheRead)).Append(" | ").Append(FigureText.Count(model.CacheCreation)).Append(" | ")
            .Append(model.CostUsd is { } cost ? FigureText.Usd(cost) : "–").Append(" |\n");

    private static string Accounts(UsageReport usage)
    {
        switch (usage.Reconciliation)
        {
            case { Agrees: true }:
                return "Counted message by message and reported by the agent: the same.";
            case { Agrees: null }:
                return "The agent gave no account of its own; this is what was counted message by message.";
            case { Differences: [var first, ..] differences }:
                var more = differences.Count > 1 ? $" and {FigureText.Of(differences.Count - 1, "further difference", "further differences")}" : string.Empty;
                return $"**The accounts differ**: of {MarkdownText.Code(first.Model)} ({MarkdownText.Code(first.Kind)}) {FigureText.Count(first.Counted)} were counted and {FigureText.Count(first.Reported)} reported{more}.";
            default:
                return "**The accounts differ.**";
        }
    }

    private static string Source(UsageReport usage) => usage.CostSource switch
    {
        "prices" => " The cost is by the configured prices.",
        "mixed" => " The cost is in part reported by the agent, in part by the configured prices.",
        _ => string.Empty,
    };

    private static void WriteBudget(StringBuilder text, BudgetReport? budget)
    {
        var lines = new List<string>();
        Add(budget?.Tokens, "tokens", FigureText.Count);
        Add(budget?.Usd, "money", FigureText.Usd);
        Add(budget?.Minutes, "minutes", FigureText.Count);
        Add(budget?.Turns, "turns", FigureText.Count);
        if (lines.Count > 0)
        {
            text.Append("\nBudget: ").AppendJoin(", ", lines).Append(".\n");
        }

        void Add(BudgetLine? line, string name, Func<double, string> format)
        {
            if (line is not null)
            {
                lines.Add($"{name} {format(line.Used)} of {format(line.Limit)}");
            }
        }
    }
}
