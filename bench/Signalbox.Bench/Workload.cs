using System.Globalization;
using Signalbox.Testing.Wire;

namespace Signalbox.Bench;

/// <summary>A stream of samples as a fleet of servers would send it: the same bytes for every contender.</summary>
/// <remarks>Of twenty series an instance has, ten are histogram buckets, six counters, three gauges and one is constant.</remarks>
internal sealed class Workload
{
    public const int StepSeconds = 15;

    /// <summary>Prometheus's own <c>max_samples_per_send</c>.</summary>
    private const int SamplesPerRequest = 2000;

    private const int SeriesPerInstance = 20;
    private static readonly string[] Bounds = ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "+Inf"];

    private readonly Random _random = new(20_261_122);
    private readonly double[] _values;
    private readonly List<(string Name, string Value)[]> _labels = [];

    public Workload(int series, int minutes, DateTimeOffset end)
    {
        _values = new double[series];
        for (var index = 0; index < series; index++)
        {
            _labels.Add(LabelsOf(index));
        }

        Steps = minutes * 60 / StepSeconds;
        End = end.ToUnixTimeSeconds() / StepSeconds * StepSeconds;
        Start = End - ((Steps - 1) * StepSeconds);
        Requests = Build();
    }

    /// <summary>Unix seconds of the first and last sample.</summary>
    public long Start { get; }

    public long End { get; }

    public int Steps { get; }

    public int Series => _labels.Count;

    public long Samples => (long)Series * Steps;

    /// <summary>Bodies in order; those of one group go over one connection, so that each series stays in order.</summary>
    public IReadOnlyList<IReadOnlyList<byte[]>> Requests { get; }

    public long RequestBytes => Requests.SelectMany(static group => group).Sum(static body => (long)body.Length);

    private static (string Name, string Value)[] LabelsOf(int index)
    {
        var instance = index / SeriesPerInstance;
        var kind = index % SeriesPerInstance;
        var place = new List<(string Name, string Value)>
        {
            ("cluster", instance % 2 == 0 ? "eu-1" : "us-1"),
            ("instance", string.Create(CultureInfo.InvariantCulture, $"10.0.{instance / 250}.{instance % 250}:9100")),
            ("job", instance % 5 == 0 ? "api" : "worker"),
        };
        (string Name, string Value)[] own = kind switch
        {
            < 10 => [("__name__", "http_request_duration_seconds_bucket"), ("le", Bounds[kind])],
            < 16 => [("__name__", "http_requests_total"), ("code", kind % 3 == 0 ? "500" : "200"), ("method", new[] { "GET", "POST", "PUT" }[kind % 3]), ("path", kind < 13 ? "/items" : "/orders")],
            16 => [("__name__", "process_resident_memory_bytes")],
            17 => [("__name__", "node_load1")],
            18 => [("__name__", "queue_depth")],
            _ => [("__name__", "up")],
        };
        return [.. place.Concat(own).OrderBy(static label => label.Name, StringComparer.Ordinal)];
    }

    private List<List<byte[]>> Build()
    {
        var groups = Enumerable.Range(0, (Series + SamplesPerRequest - 1) / SamplesPerRequest).Select(static _ => new List<byte[]>()).ToList();
        var body = new RemoteWriteBody();
        for (var step = 0; step < Steps; step++)
        {
            var time = (Start + (step * StepSeconds)) * 1000;
            for (var group = 0; group < groups.Count; group++)
            {
                for (var index = group * SamplesPerRequest; index < Math.Min(Series, (group + 1) * SamplesPerRequest); index++)
                {
                    body.Add(_labels[index], [(time, Next(index))]);
                }

                groups[group].Add(body.Take());
            }
        }

        return groups;
    }

    private double Next(int index)
    {
        var kind = index % SeriesPerInstance;
        return _values[index] = kind switch
        {
            0 => _values[index] + _random.Next(3),
            < 10 => Math.Max(_values[index] + _random.Next(4), _values[index - 1]),
            < 16 => _values[index] + _random.Next(200),
            16 => Math.Round(1e8 + (_random.NextDouble() * 5e7)),
            17 => Math.Round(_random.NextDouble() * 8, 2),
            18 => Math.Max(0, _values[index] + _random.Next(-5, 6)),
            _ => 1,
        };
    }
}
