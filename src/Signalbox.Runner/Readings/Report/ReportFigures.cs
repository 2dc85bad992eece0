using System.Text.Json;

namespace Signalbox.Runner.Readings.Report;

/// <summary>Writes the parts of a report that count and measure.</summary>
internal static class ReportFigures
{
    public static void Usage(Utf8JsonWriter writer, UsageReport usage)
    {
        writer.List("models", usage.Models, Model);
        writer.Whole("totalTokens", usage.TotalTokens);
        writer.Number("costUsd", usage.CostUsd);
        writer.Text("costSource", usage.CostSource);
        writer.Whole("cacheHits", usage.CacheHits);
        writer.Whole("messages", usage.Messages);
        writer.Part("reconciliation", usage.Reconciliation, Reconciliation);
    }

    public static void Budget(Utf8JsonWriter writer, BudgetReport budget)
    {
        writer.Part("tokens", budget.Tokens, Line);
        writer.Part("usd", budget.Usd, Line);
        writer.Part("minutes", budget.Minutes, Line);
        writer.Part("turns", budget.Turns, Line);
    }

    public static void Resources(Utf8JsonWriter writer, ResourceReport resources)
    {
        writer.Whole("limitBytes", resources.LimitBytes);
        writer.Whole("peakBytes", resources.PeakBytes);
        writer.Number("peakPercent", resources.PeakPercent);
        writer.Text("measure", resources.Measure);
        writer.Number("cpuSeconds", resources.CpuSeconds);
        writer.Whole("oomKills", resources.OomKills);
        writer.Whole("warnings", resources.Warnings);
        writer.Whole("garbageCollections", resources.GarbageCollections);
        writer.Whole("samples", resources.Samples);
        Chart(writer, resources.Chart);
        writer.Part("runner", resources.Runner, Runner);
    }

    public static void Timeline(Utf8JsonWriter writer, TimelineTotals timeline)
    {
        writer.Whole("entries", timeline.Entries);
        writer.Whole("omitted", timeline.Omitted);
    }

    public static void Stream(Utf8JsonWriter writer, StreamReport stream)
    {
        writer.Whole("bytes", stream.Bytes);
        writer.Whole("lines", stream.Lines);
        writer.Counts("unknown", stream.Unknown);
        writer.Whole("broken", stream.Broken);
        writer.Whole("oversized", stream.Oversized);
    }

    public static void File(Utf8JsonWriter writer, FileReport file)
    {
        writer.Text("name", file.Name);
        writer.Whole("size", file.Size);
        writer.Text("sha256", file.Sha256);
    }

    private static void Model(Utf8JsonWriter writer, ModelUsageReport model)
    {
        writer.Text("model", model.Model);
        writer.Whole("input", model.Input);
        writer.Whole("output", model.Output);
        writer.Whole("cacheRead", model.CacheRead);
        writer.Whole("cacheCreation", model.CacheCreation);
        writer.Number("costUsd", model.CostUsd);
    }

    private static void Reconciliation(Utf8JsonWriter writer, ReconciliationReport reconciliation)
    {
        writer.Switch("agrees", reconciliation.Agrees);
        writer.List("counted", reconciliation.Counted, Model);
        writer.List("reported", reconciliation.Reported, Model);
        writer.List("differences", reconciliation.Differences, Difference);
        writer.List("telemetry", reconciliation.Telemetry, Model);
    }

    private static void Difference(Utf8JsonWriter writer, UsageDifference difference)
    {
        writer.Text("model", difference.Model);
        writer.Text("kind", difference.Kind);
        writer.Whole("counted", difference.Counted);
        writer.Whole("reported", difference.Reported);
    }

    private static void Line(Utf8JsonWriter writer, BudgetLine line)
    {
        writer.Number("limit", line.Limit);
        writer.Number("used", line.Used);
    }

    private static void Chart(Utf8JsonWriter writer, IReadOnlyList<IReadOnlyList<double>> points)
    {
        writer.WriteStartArray("chart");
        foreach (var point in points)
        {
            writer.WriteStartArray();
            for (var index = 0; index < point.Count; index++)
            {
                writer.WriteNumberValue(point[index]);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static void Runner(Utf8JsonWriter writer, RunnerResources runner)
    {
        writer.Whole("heapAllocBytes", runner.HeapAllocBytes);
        writer.Whole("heapSysBytes", runner.HeapSysBytes);
        writer.Whole("goroutines", runner.Goroutines);
        writer.Whole("gcCount", runner.GcCount);
        writer.Number("cpuPercent", runner.CpuPercent);
        writer.Whole("memoryBytes", runner.MemoryBytes);
    }
}
