using Signalbox.Runner.Readings.Report;
using static Signalbox.Runner.Metrics.RunMetricNames;

namespace Signalbox.Runner.Metrics;

/// <summary>Tokens and money of a run as metrics.</summary>
internal static class UsageMetrics
{
    /// <summary>Tokens by model and kind; without an agent, and so without models, the metric has no series.</summary>
    public static MetricFamily Tokens(UsageReport? usage, int maxSeries)
    {
        const int Kinds = 4;
        var tokens = new MetricFamilyBuilder(TokenUsage, MetricKind.Counter, TokenUsageHelp, maxSeries * Kinds);
        foreach (var model in usage?.Models ?? [])
        {
            tokens.Add(model.Input, new("model", model.Model), new("type", "input"));
            tokens.Add(model.Output, new("model", model.Model), new("type", "output"));
            tokens.Add(model.CacheRead, new("model", model.Model), new("type", "cache_read"));
            tokens.Add(model.CacheCreation, new("model", model.Model), new("type", "cache_creation"));
        }

        return tokens.Build();
    }

    public static IEnumerable<MetricFamily> Of(RunReport report, int maxSeries)
    {
        var usage = report.Usage;
        var cost = new MetricFamilyBuilder(Cost, MetricKind.Counter, "Money by model, in US dollars, as the agent reported it or by the configured prices.", maxSeries);
        foreach (var model in usage?.Models ?? [])
        {
            if (model.CostUsd is { } usd)
            {
                cost.Add(usd, new MetricLabel("model", model.Model));
            }
        }

        // An agent may tell the whole without its parts.
        if (usage is { CostUsd: { } whole } && usage.Models.All(static model => model.CostUsd is null))
        {
            cost.Add(whole, new MetricLabel("model", "all"));
        }

        var difference = new MetricFamilyBuilder(TokenDifference, MetricKind.Gauge, "Tokens counted in the messages less those in the agent's closing account; a series for each that differs.", maxSeries * 4);
        foreach (var one in usage?.Reconciliation.Differences ?? [])
        {
            difference.Add(one.Counted - one.Reported, new("model", one.Model), new("type", one.Kind));
        }

        yield return cost.Build();
        yield return RunMetrics.Single(UsageAgrees, MetricKind.Gauge, "1 when the counted tokens are those of the agent's closing account, 0 when not; absent without such an account.", Flag(usage?.Reconciliation.Agrees));
        yield return difference.Build();
    }

    private static double? Flag(bool? value) => value switch
    {
        true => 1,
        false => 0,
        null => null,
    };
}
