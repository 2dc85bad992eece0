using Signalbox.Runner.Readings.Report;
using static Signalbox.Runner.Metrics.RunMetricNames;

namespace Signalbox.Runner.Metrics;

/// <summary>What a run did and was refused, as metrics.</summary>
internal static class WorkMetrics
{
    public static IEnumerable<MetricFamily> Of(RunReport report, int maxSeries)
    {
        yield return RunMetrics.Single(Turns, MetricKind.Counter, "Turns by the agent's own account.", report.Result?.Turns);
        yield return Calls(report, maxSeries);
        yield return Denied(report, maxSeries);
        yield return Audit(report.Audit, maxSeries);
        yield return RunMetrics.Single(
            UnattributedWrites, MetricKind.Counter, "Files that differ after the run and of which no event of the agent tells.", report.Audit.Unattributed);
        yield return Changes(report);
    }

    private static MetricFamily Calls(RunReport report, int maxSeries)
    {
        const int Outcomes = 3;
        var calls = new MetricFamilyBuilder(ToolCalls, MetricKind.Counter, "Calls of the agent's tools by outcome: succeeded, failed, denied.", maxSeries * Outcomes);
        foreach (var tool in report.Tools)
        {
            calls.Add(Math.Max(0, tool.Calls - tool.Failed - tool.Denied), new("tool", tool.Name), new("outcome", "succeeded"));
            calls.Add(tool.Failed, new("tool", tool.Name), new("outcome", "failed"));
            calls.Add(tool.Denied, new("tool", tool.Name), new("outcome", "denied"));
        }

        return calls.Build();
    }

    private static MetricFamily Denied(RunReport report, int maxSeries)
    {
        var denials = new MetricFamilyBuilder(Denials, MetricKind.Counter, "Calls that were refused, by the policy that did; agent is the agent's own rules.", maxSeries);
        if (report.Denials.Count == 0 && report.Agent is not null)
        {
            denials.Add(0, new MetricLabel("policy", "agent"));
        }

        foreach (var denial in report.Denials)
        {
            denials.Add(1, new MetricLabel("policy", denial.PolicyId ?? "agent"));
        }

        return denials.Build();
    }

    private static MetricFamily Audit(AuditTotals audit, int maxSeries)
    {
        const int Outcomes = 3;
        var records = new MetricFamilyBuilder(AuditRecords, MetricKind.Counter, "Audit records by action and outcome: succeeded, failed, denied.", maxSeries * Outcomes);
        foreach (var count in audit.Actions)
        {
            records.Add(count.Records, new("action", count.Action), new("outcome", count.Outcome));
        }

        return records.Build();
    }

    private static MetricFamily Changes(RunReport report)
    {
        var changes = new MetricFamilyBuilder(ChangedFiles, MetricKind.Gauge, "Files of the work tree that differ after the run: added, modified, deleted.");
        foreach (var kind in (string[])["added", "modified", "deleted"])
        {
            changes.Add(report.Changes.Count(change => change.Kind == kind), new MetricLabel("kind", kind));
        }

        return changes.Build();
    }
}
