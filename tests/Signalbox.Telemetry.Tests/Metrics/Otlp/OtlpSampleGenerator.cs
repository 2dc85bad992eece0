namespace Signalbox.Telemetry.Tests.Metrics.Otlp;

/// <summary>Makes requests from a seed.</summary>
internal sealed class OtlpSampleGenerator(int seed)
{
    private static readonly string[] Kinds = ["gauge", "sum", "histogram", "exponentialHistogram", "summary"];
    private static readonly string[] Texts = ["", "a", "service.name", "http.method", "x\u00f6\u65e5", "\"quoted\"\n", "1st"];

    private readonly Random _random = new(seed);

    public OtlpSample Request() => new(
        [.. Attributes(), ("service.name", "svc")],
        [.. Enumerable.Range(0, _random.Next(4)).Select(_ => Metric())]);

    private OtlpSample.Metric Metric() => new(
        "m" + Texts[_random.Next(Texts.Length)],
        _random.Next(2) == 0 ? "s" : "{x}/1",
        Kinds[_random.Next(Kinds.Length)],
        _random.Next(3),
        _random.Next(2) == 0,
        [.. Enumerable.Range(0, _random.Next(4)).Select(_ => Point())]);

    private OtlpSample.Point Point()
    {
        var bounds = Enumerable.Range(0, _random.Next(4)).Select(index => index + _random.NextDouble()).ToArray();
        return new OtlpSample.Point((ulong)_random.NextInt64(0, 1L << 61))
        {
            Start = (ulong)_random.NextInt64(),
            Attributes = Attributes(),
            Flags = (uint)_random.Next(2),
            Value = _random.Next(3) switch { 0 => _random.NextInt64(), 1 => Number(), _ => null },
            Count = (ulong)_random.NextInt64(),
            Sum = _random.Next(2) == 0 ? null : Number(),
            Buckets = Counts(_random.Next(3) == 0 ? 0 : bounds.Length + 1),
            Bounds = bounds,
            Scale = _random.Next(-5, 12),
            ZeroCount = (ulong)_random.Next(5),
            ZeroThreshold = _random.Next(2) * 0.001,
            Offset = _random.Next(-100, 100),
            NegativeOffset = _random.Next(int.MinValue, int.MaxValue),
            NegativeBuckets = Counts(_random.Next(20)),
            Quantiles = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => (_random.NextDouble(), Number()))],
        };
    }

    private ulong[] Counts(int length) => [.. Enumerable.Range(0, length).Select(_ => (ulong)_random.Next(4))];

    private double Number() => _random.Next(6) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => -0.0,
        3 => _random.NextDouble() * 1e-9,
        4 => _random.NextDouble() * 1e25,
        _ => _random.Next(),
    };

    private (string, object)[] Attributes() =>
        [.. Enumerable.Range(0, _random.Next(4)).Select(index => ("k" + index + Texts[_random.Next(Texts.Length)], Value(3)))];

    private object Value(int depth) => _random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => Texts[_random.Next(Texts.Length)],
        1 => _random.Next(2) == 0,
        2 => _random.NextInt64(),
        3 => Number(),
        4 => BitConverter.GetBytes(_random.Next()),
        5 => Enumerable.Range(0, _random.Next(3)).Select(_ => Value(depth - 1)).ToArray(),
        _ => Enumerable.Range(0, _random.Next(3)).Select(index => ("k" + index, Value(depth - 1))).ToArray(),
    };
}
