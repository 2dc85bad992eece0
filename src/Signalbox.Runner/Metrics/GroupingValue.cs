using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.Metrics;

/// <summary>Fills the placeholders of a grouping label with what a run says.</summary>
internal static class GroupingValue
{
    /// <returns>The value; empty when it holds nothing but placeholders that the run says nothing of.</returns>
    public static string Expand(string value, RunReport report) =>
        !value.Contains('{', StringComparison.Ordinal)
            ? value
            : value
                .Replace("{repository}", report.Ci.Repository, StringComparison.Ordinal)
                .Replace("{branch}", report.Ci.Branch, StringComparison.Ordinal)
                .Replace("{pipeline}", report.Ci.Pipeline, StringComparison.Ordinal)
                .Replace("{job}", report.Ci.JobName, StringComparison.Ordinal)
                .Replace("{platform}", report.Ci.Platform, StringComparison.Ordinal)
                .Replace("{actor}", report.Ci.Actor?.Id, StringComparison.Ordinal)
                .Replace("{agent}", report.Agent?.Name, StringComparison.Ordinal)
                .Replace("{run_id}", report.Id, StringComparison.Ordinal);
}
