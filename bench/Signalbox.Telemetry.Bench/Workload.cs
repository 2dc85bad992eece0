using System.Globalization;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Telemetry.Bench;

/// <summary>Series as a fleet of hosts has them. Of ten, mixed: four stand still, three count up, two are measured in hundredths, one is any float; decimal: the last is in hundredths too; constant: all stand still.</summary>
internal sealed class Workload(int seriesCount, string kind)
{
    private readonly Random _random = new(7);
    private readonly double[] _values = new double[seriesCount];
    private readonly byte[][] _keys = [.. Enumerable.Range(0, seriesCount).Select(static number => SeriesKey.FromLabels(LabelsOf(number)))];

    public static Labels LabelsOf(int number) => Labels.From(
        ("__name__", $"bench_metric_{number % 100}"),
        ("instance", string.Create(CultureInfo.InvariantCulture, $"host-{number / 100:D4}.example.net:9100")),
        ("job", "bench"),
        ("region", number / 100 % 3 == 0 ? "eu-central-1" : "us-east-1"),
        ("service", $"service-{number / 100 % 17}"),
        ("version", "1.42.0"));

    /// <summary>Fills batches with one sample a series.</summary>
    public IEnumerable<MetricBatch> Tick(long time, int batchSize)
    {
        for (var start = 0; start < seriesCount; start += batchSize)
        {
            var batch = new MetricBatch();
            for (var number = start; number < Math.Min(seriesCount, start + batchSize); number++)
            {
                batch.AddSeries(_keys[number], 6);
                batch.AddSample(time, Next(number));
            }

            yield return batch;
        }
    }

    private double Next(int number)
    {
        ref var value = ref _values[number];
        value = Math.Min(number % 10, kind switch { "constant" => 0, "decimal" => 8, _ => 9 }) switch
        {
            < 4 => number % 3,
            < 7 => value + _random.Next(50, 150),
            < 9 => Math.Round(value + (_random.NextDouble() * 2) - 1, 2) + 0.0,
            _ => value + _random.NextDouble() - 0.5,
        };
        return value;
    }
}
