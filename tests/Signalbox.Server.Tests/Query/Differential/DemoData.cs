using System.Globalization;
using Signalbox.PromQL.Model;

namespace Signalbox.Server.Tests.Query.Differential;

/// <summary>Random but repeatable series of the kinds that monitoring meets: gauges, counters with resets, histograms, gaps and stale markers.</summary>
/// <remarks>
/// No sample lies on a whole second, and every question's times and windows are whole seconds: Prometheus 2 takes in what lies exactly on a window's
/// left edge and Prometheus 3 does not, so such samples would compare releases rather than programs.
/// </remarks>
internal sealed class DemoData
{
    private const int Minutes = 40;
    private const int StepMilliseconds = 15_000;
    private static readonly string[] Instances = ["demo:10000", "demo:10001", "demo:10002"];
    private static readonly string[] Bounds = ["0.01", "0.05", "0.1", "0.5", "1", "5", "+Inf"];

    private readonly Random _random = new(20_260_304);
    private readonly long _start;
    private readonly List<(Labels Labels, (long Timestamp, double Value)[] Samples)> _series = [];

    /// <param name="end">Whole minutes; the last sample lies shortly before.</param>
    public DemoData(DateTimeOffset end)
    {
        End = end.ToUnixTimeMilliseconds() / 60_000 * 60_000;
        _start = End - (Minutes * 60_000);
        foreach (var instance in Instances)
        {
            AddInstance(instance);
        }

        Add(("__name__", "lonely"), ("job", "other")).Fill(this, _ => _random.NextDouble());
    }

    /// <summary>Milliseconds since the Unix epoch.</summary>
    public long End { get; }

    public IReadOnlyList<(Labels Labels, (long Timestamp, double Value)[] Samples)> Series => _series;

    private void AddInstance(string instance)
    {
        foreach (var type in new[] { "buffers", "cached", "free", "used" })
        {
            Add(("__name__", "demo_memory_usage_bytes"), ("instance", instance), ("job", "demo"), ("type", type)).Fill(this, _ => Math.Round(1e9 * _random.NextDouble()));
        }

        foreach (var mode in new[] { "idle", "system", "user" })
        {
            var total = 0.0;
            Add(("__name__", "demo_cpu_usage_seconds_total"), ("instance", instance), ("job", "demo"), ("mode", mode))
                .Fill(this, _ => total = _random.Next(60) == 0 ? 0 : total + (15 * _random.NextDouble()));
        }

        Add(("__name__", "demo_num_cpus"), ("instance", instance), ("job", "demo")).Fill(this, static _ => 4);
        Add(("__name__", "demo_disk_usage_bytes"), ("instance", instance), ("job", "demo")).Fill(this, index => 1e9 + (index * 12_345.678 * (1 + (0.2 * _random.NextDouble()))));
        Add(("__name__", "demo_batch_last_success_timestamp_seconds"), ("instance", instance), ("job", "demo")).Fill(this, index => (_start / 1000) + (index / 8 * 120));
        Add(("__name__", "demo_intermittent_metric"), ("instance", instance), ("job", "demo"))
            .Fill(this, index => (index / 16 % 3) switch { 0 => _random.NextDouble(), 1 when index % 16 == 0 => StaleMarker.Value, _ => null });
        Add(("__name__", "demo_extremes"), ("instance", instance), ("job", "demo"))
            .Fill(this, index => (index % 7) switch { 0 => double.NaN, 1 => double.PositiveInfinity, 2 => double.NegativeInfinity, _ => (_random.NextDouble() - 0.5) * Math.Pow(10, _random.Next(-12, 24)) });
        foreach (var path in new[] { "/api/bar", "/api/foo" })
        {
            AddHistogram(instance, path);
        }
    }

    private void AddHistogram(string instance, string path)
    {
        var counts = new double[Bounds.Length];
        var buckets = Bounds.Select(bound => Add(("__name__", "demo_api_request_duration_seconds_bucket"), ("instance", instance), ("job", "demo"), ("le", bound), ("path", path))).ToList();
        var count = Add(("__name__", "demo_api_request_duration_seconds_count"), ("instance", instance), ("job", "demo"), ("path", path));
        for (var index = 0; index < Minutes * 4; index++)
        {
            var growth = 0;
            for (var bucket = 0; bucket < counts.Length; bucket++)
            {
                growth += _random.Next(5);
                counts[bucket] += growth;
                buckets[bucket].At(index, counts[bucket]);
            }

            count.At(index, counts[^1]);
        }

        foreach (var series in buckets.Append(count))
        {
            series.Store(this);
        }
    }

    private Draft Add(params (string Name, string Value)[] labels) =>
        new(Labels.From(labels), _start, _random.Next(1, 900) + (int.Parse(labels.FirstOrDefault(static label => label.Name == "instance").Value?[^1..] ?? "0", CultureInfo.InvariantCulture) * 3000));

    private sealed class Draft(Labels labels, long start, int jitter)
    {
        private readonly List<(long Timestamp, double Value)> _samples = [];

        public void At(int index, double value) => _samples.Add((start + (index * StepMilliseconds) + jitter, value));

        public void Fill(DemoData data, Func<int, double?> value)
        {
            for (var index = 0; index < Minutes * 4; index++)
            {
                if (value(index) is { } some)
                {
                    At(index, some);
                }
            }

            Store(data);
        }

        public void Store(DemoData data) => data._series.Add((labels, [.. _samples]));
    }
}
