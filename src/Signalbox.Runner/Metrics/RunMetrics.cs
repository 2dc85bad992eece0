using Signalbox.Runner.Readings.Report;
using static Signalbox.Runner.Metrics.RunMetricNames;

namespace Signalbox.Runner.Metrics;

/// <summary>A run's report as metrics: the same report gives the same text.</summary>
internal static class RunMetrics
{
    public const int DefaultMaxSeries = 50;

    /// <summary>The report in Prometheus's text format.</summary>
    public static string Text(RunReport report, int maxSeries = DefaultMaxSeries) => MetricText.Write(Of(report, maxSeries));

    /// <summary>The metrics of this process alone, for <c>--metrics</c> where there is no run to tell of: what only a run can know has help and no value.</summary>
    public static string TextOfProcess(ProcessFigures figures) => MetricText.Write(ProcessMetrics.Of(figures));

    /// <param name="maxSeries">Of one metric, where names come from outside; the rest is added up as <c>other</c>.</param>
    public static IReadOnlyList<MetricFamily> Of(RunReport report, int maxSeries = DefaultMaxSeries) =>
    [
        .. Given(report, maxSeries),
        .. UsageMetrics.Of(report, maxSeries),
        .. WorkMetrics.Of(report, maxSeries),
        .. Resources(report.Resources),
        .. Run(report),
        .. Stream(report, maxSeries),
    ];

    /// <summary>A metric with one series and no labels; without a value it is only described.</summary>
    public static MetricFamily Single(string name, MetricKind kind, string help, double? value) =>
        new(name, kind, help, value is { } known ? [new MetricSample([], known)] : []);

    private static IEnumerable<MetricFamily> Given(RunReport report, int maxSeries)
    {
        var runner = report.Resources.Runner;
        yield return Single(Duration, MetricKind.Gauge, DurationHelp, report.DurationSeconds);
        yield return UsageMetrics.Tokens(report.Usage, maxSeries);
        yield return Single(CacheHits, MetricKind.Counter, CacheHitsHelp, report.Usage?.CacheHits ?? 0);
        yield return Single(RiskScore, MetricKind.Gauge, RiskScoreHelp, report.Risk.Score);
        yield return Single(MemoryAlloc, MetricKind.Gauge, MemoryAllocHelp, runner?.HeapAllocBytes);
        yield return Single(MemorySys, MetricKind.Gauge, MemorySysHelp, runner?.HeapSysBytes);
        yield return Single(MemoryLimit, MetricKind.Gauge, MemoryLimitHelp, report.Resources.LimitBytes);
        yield return Single(Goroutines, MetricKind.Gauge, GoroutinesHelp, runner?.Goroutines);
        yield return Single(GcCount, MetricKind.Counter, GcCountHelp, runner?.GcCount);
        yield return Single(CpuPercent, MetricKind.Gauge, CpuPercentHelp, runner?.CpuPercent);
    }

    private static IEnumerable<MetricFamily> Resources(ResourceReport resources)
    {
        yield return Single(TreeMemory, MetricKind.Gauge, "Memory of runner and process tree at the last sample, as the limit is compared with it.", resources.Runner?.MemoryBytes);
        yield return Single(TreeMemoryPeak, MetricKind.Gauge, "Highest memory of runner and process tree.", resources.Samples > 0 ? resources.PeakBytes : null);
        yield return Single(CpuSeconds, MetricKind.Counter, "Processor time of runner and process tree.", resources.CpuSeconds);
        yield return Single(OomKills, MetricKind.Counter, "Processes of the tree that the kernel killed for want of memory; absent where it cannot be seen.", resources.OomKills);
    }

    private static IEnumerable<MetricFamily> Run(RunReport report)
    {
        var finished = report.FinishedAt is { } at ? at.ToUnixTimeMilliseconds() / 1000.0 : (double?)null;
        var succeeded = report.Outcome.ExitCode == 0;
        yield return Single(ExitCode, MetricKind.Gauge, "What the runner exits with; 102 is a limit of memory or budget, 128 + n the signal n.", report.Outcome.ExitCode);
        yield return new MetricFamily(RunInfo, MetricKind.Gauge, "The run, its outcome and where it ran; always 1.", [new MetricSample(InfoLabels(report), 1)]);
        yield return Single(LastRun, MetricKind.Gauge, "When the run ended.", finished);
        if (succeeded && finished is not null)
        {
            // Where a group keeps what a push does not name, a failure leaves the time of the last success standing.
            yield return Single(LastSuccess, MetricKind.Gauge, "When the last successful run ended; a failed one does not tell it.", finished);
        }
    }

    private static IEnumerable<MetricFamily> Stream(RunReport report, int maxSeries)
    {
        var stream = report.Stream;
        var unknown = new MetricFamilyBuilder(UnknownEvents, MetricKind.Counter, "Events of the agent's stream of types that are not known; they are left alone.", maxSeries);
        foreach (var (type, count) in stream?.Unknown.OrderBy(static pair => pair.Key, StringComparer.Ordinal) ?? Enumerable.Empty<KeyValuePair<string, long>>())
        {
            unknown.Add(count, new MetricLabel("type", type));
        }

        var dropped = new MetricFamilyBuilder(Dropped, MetricKind.Counter, "What was not kept because a bound was reached, by the bound's name.", maxSeries);
        foreach (var (limit, count) in report.Limits.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            dropped.Add(count, new MetricLabel("limit", limit));
        }

        yield return Single(StreamLines, MetricKind.Counter, "Lines of the agent's stream.", stream?.Lines);
        yield return unknown.Build();
        yield return Single(BrokenLines, MetricKind.Counter, "Lines of the agent's stream that could not be read.", stream?.Broken);
        yield return Single(OversizedLines, MetricKind.Counter, "Lines of the agent's stream longer than the bound; among the broken ones.", stream?.Oversized);
        yield return dropped.Build();
    }

    private static List<MetricLabel> InfoLabels(RunReport report)
    {
        var labels = new List<MetricLabel>();
        Add("run_id", report.Id);
        Add("trace_id", report.TraceId);
        Add("platform", report.Ci.Platform);
        Add("repository", report.Ci.Repository);
        Add("branch", report.Ci.Branch);
        Add("commit", report.Ci.Commit);
        Add("pipeline", report.Ci.Pipeline);
        // The labels job and instance belong to whoever scrapes or groups.
        Add("ci_job", report.Ci.JobName);
        Add("actor", report.Ci.Actor?.Id);
        Add("agent", report.Agent?.Name);
        Add("agent_version", report.Agent?.Version);
        Add("reason", report.Outcome.Reason);
        Add("risk_level", report.Risk.Level);
        Add("version", report.Version);
        return labels;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                labels.Add(new MetricLabel(name, MetricFamilyBuilder.Cut(value)));
            }
        }
    }
}
