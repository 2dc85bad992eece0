using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Bench;

/// <summary>Counters in plain arrays, one sample every 15 s.</summary>
internal sealed class ArraySource : ISeriesSource
{
    private readonly ArraySeries[] _series;

    public ArraySource(int series, int samples)
    {
        _series = [.. Enumerable.Range(0, series).Select(index => new ArraySeries(index, samples))];
        Array.Sort(_series, static (left, right) => left.Labels.CompareTo(right.Labels));
    }

    public int Count => _series.Length;

    public ValueTask<IReadOnlyList<ISeries>> SelectAsync(TimeWindow range, IReadOnlyList<LabelMatcher> matchers, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<ISeries>>(_series);

    private sealed class ArraySeries : ISeries
    {
        private readonly double[] _values;

        public ArraySeries(int index, int samples)
        {
            Labels = Labels.From(
                ("__name__", "requests_total"), ("instance", $"host-{index / 100}"), ("path", $"/api/{index / 5 % 20}"), ("code", $"{200 + (index % 5)}"), ("job", "bench"));
            var random = new Random(index);
            _values = new double[samples];
            var value = 0.0;
            for (var sample = 0; sample < samples; sample++)
            {
                value = random.Next(500) == 0 ? 0 : value + random.Next(10);
                _values[sample] = value;
            }
        }

        public Labels Labels { get; }

        public void Read(TimeWindow window, SampleBuffer buffer, CancellationToken cancellationToken)
        {
            var first = Math.Max(0, (window.From + 14_999) / 15_000);
            for (var sample = first; sample < _values.Length && sample * 15_000 <= window.To; sample++)
            {
                buffer.Append(sample * 15_000, _values[sample]);
            }
        }
    }
}
