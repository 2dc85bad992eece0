using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Otlp;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Otlp;

public sealed class OtlpMetricTranslatorTests
{
    private const ulong Millisecond = 1_000_000;
    private const int Delta = 1;
    private const int Cumulative = 2;

    private static readonly (string, object)[] Service = [("service.name", "checkout"), ("service.namespace", "shop"), ("service.instance.id", "i-1")];

    private readonly FakeClock _clock = new();
    private OtlpTranslationOptions _options = new();
    private OtlpDeltaAccumulator? _deltas;

    [Fact]
    public void NamesTheTargetAndTellsTheRestOfTheResourceInTargetInfo() => Assert.Equal(
        [
            "requests_total{http_method=\"GET\", instance=\"i-1\", job=\"shop/checkout\"} 3 @1000",
            "target_info{host_name=\"h\", instance=\"i-1\", job=\"shop/checkout\"} 1 @1000",
        ],
        Translate(new OtlpSample([.. Service, ("host.name", "h")], [Sum(Cumulative, true, Number(1000, 3L, ("http.method", "GET")))])).Lines);

    [Fact]
    public void WritesNoTargetInfoThatWouldSayNothing()
    {
        Assert.Single(Translate(new OtlpSample(Service, [Sum(Cumulative, true, Number(1, 3L))])).Lines);
        Assert.Single(Translate(new OtlpSample([("host.name", "h")], [Sum(Cumulative, true, Number(1, 3L))])).Lines);
    }

    [Fact]
    public void RepeatsTargetInfoBetweenPointsThatAreFarApart() => Assert.Equal(
        [0L, 150_000, 300_000, 400_000],
        Translate(new OtlpSample([.. Service, ("a", "b")], [Sum(Cumulative, true, Number(0, 1L) with { Time = 1 }, Number(400_000, 2L))]))
            .Lines.Where(static line => line.StartsWith("target_info", StringComparison.Ordinal))
            .Select(static line => long.Parse(line.AsSpan(line.IndexOf('@', StringComparison.Ordinal) + 1), System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void JoinsAttributesThatBecomeTheSameLabelAndLetsTheTargetWin() => Assert.Equal(
        ["g{a_b=\"1;2\", job=\"svc\"} 1 @1"],
        Translate(new OtlpSample(
            [("service.name", "svc")],
            [new OtlpSample.Metric("g", "", "gauge", 0, false, [Number(1, 1L, ("a_b", "2"), ("a.b", "1"), ("job", "mine"), ("__name__", "other"), ("empty", ""))])])).Lines);

    [Fact]
    public void PromotesResourceAttributesAndScopeWhenAsked()
    {
        _options = new OtlpTranslationOptions { PromoteResourceAttributes = ["host.name", "missing"], PromoteScopeMetadata = true, TargetInfo = false };

        Assert.Equal(
            ["g{host_name=\"h\", job=\"svc\", otel_scope_name=\"scope\"} 1 @1", "g{host_name=\"own\", job=\"svc\", otel_scope_name=\"scope\"} 2 @1"],
            Translate(new OtlpSample(
                [("service.name", "svc"), ("host.name", "h")],
                [new OtlpSample.Metric("g", "", "gauge", 0, false, [Number(1, 1L), Number(1, 2L, ("host.name", "own"))])])).Lines);
    }

    [Fact]
    public void TellsMetadata()
    {
        OtlpSample.Point point = Number(1, 1L);
        var (_, _, metadata) = Translate(new OtlpSample([], [
            new OtlpSample.Metric("a", "By/s", "sum", Cumulative, true, [point]),
            new OtlpSample.Metric("b", "s", "sum", Cumulative, false, [point]),
            new OtlpSample.Metric("c", "", "histogram", Cumulative, false, [new OtlpSample.Point(Millisecond)]),
            new OtlpSample.Metric("d", "", "summary", 0, false, [new OtlpSample.Point(Millisecond)]),
            new OtlpSample.Metric("empty", "", "gauge", 0, false, []),
        ]));

        Assert.Equal(
            [
                new MetricMetadata("a_bytes_per_second_total", MetricType.Counter, "About it.", "bytes_per_second"),
                new MetricMetadata("b_seconds", MetricType.Gauge, "About it.", "seconds"),
                new MetricMetadata("c", MetricType.Histogram, "About it.", ""),
                new MetricMetadata("d", MetricType.Summary, "About it.", ""),
            ],
            metadata);
    }

    [Fact]
    public void MakesBucketsCumulativeAndAddsInfinity() => Assert.Equal(
        [
            "h_seconds_sum{z=\"1\"} 12.5 @7",
            "h_seconds_count{z=\"1\"} 6 @7",
            "h_seconds_bucket{le=\"0.00001\", z=\"1\"} 1 @7",
            "h_seconds_bucket{le=\"2\", z=\"1\"} 3 @7",
            "h_seconds_bucket{le=\"+Inf\", z=\"1\"} 6 @7",
        ],
        Translate(Histogram(Cumulative, HistogramPoint(7) with { Attributes = [("z", "1")] })).Lines);

    [Fact]
    public void LeavesOutTheSumThatAHistogramDoesNotHave() => Assert.Equal(
        ["h_seconds_count 6 @7", "h_seconds_bucket{le=\"+Inf\"} 6 @7"],
        Translate(Histogram(Cumulative, new OtlpSample.Point(7 * Millisecond) { Count = 6 })).Lines);

    [Fact]
    public void WritesSummaries() => Assert.Equal(
        ["s_sum 12 @7", "s_count 3 @7", "s{quantile=\"0.5\"} 4 @7", "s{quantile=\"1\"} 5 @7"],
        Translate(new OtlpSample([], [new OtlpSample.Metric("s", "", "summary", 0, false, [
            new OtlpSample.Point(7 * Millisecond) { Count = 3, Sum = 12, Quantiles = [(0.5, 4), (1, 5)] }])])).Lines);

    [Fact]
    public void EndsSeriesWhoseValueWasNotRecorded()
    {
        var sample = Histogram(Cumulative, HistogramPoint(7) with { Flags = 1, Buckets = [] });
        using var batch = new MetricBatch();

        Assert.Equal(0, TranslateInto(sample, batch).RejectedPoints);

        Assert.Equal(5, batch.SampleCount);
        Assert.All(Enumerable.Range(0, 5), series => Assert.True(StaleMarker.Is(batch.SamplesOf(series)[0].Value)));
    }

    [Fact]
    public void TurnsExponentialHistogramsIntoNativeOnes() => Assert.Equal(
        ["e {schema 0 count 9 sum 10 zero 1/1E-128 neg -1+1[1] pos 2+4 5+1[2 0 0 3 2] custom  hint Unknown} @7"],
        Translate(Exponential(Cumulative, new OtlpSample.Point(7 * Millisecond)
        {
            Count = 9,
            Sum = 10,
            Scale = 0,
            ZeroCount = 1,
            Offset = 1,
            Buckets = [2, 0, 0, 3, 0, 0, 0, 0, 0, 2, 0],
            NegativeOffset = -2,
            NegativeBuckets = [1],
        })).Lines);

    [Fact]
    public void LowersAScaleThatIsTooFine() => Assert.Equal(
        ["e {schema 8 count 10 sum 0 zero 0/0.5 neg [] pos 0+3[1 5 4] custom  hint Unknown} @7"],
        Translate(Exponential(Cumulative, new OtlpSample.Point(7 * Millisecond) { Count = 10, Scale = 9, ZeroThreshold = 0.5, Offset = -1, Buckets = [1, 2, 3, 4] })).Lines);

    [Fact]
    public void RejectsWhatHasNoSeriesAndSaysHowMuchAndWhy()
    {
        var (lines, translation, _) = Translate(new OtlpSample([], [
            new OtlpSample.Metric("coarse", "", "exponentialHistogram", Cumulative, false, [new OtlpSample.Point(Millisecond) { Scale = -5 }, new OtlpSample.Point(Millisecond) { Scale = -6 }]),
            new OtlpSample.Metric("odd", "", "histogram", Cumulative, false, [new OtlpSample.Point(Millisecond) { Buckets = [1], Bounds = [1] }]),
            new OtlpSample.Metric("untimed", "", "gauge", 0, false, [new OtlpSample.Point(0) { Value = 1L }]),
            new OtlpSample.Metric("empty", "", "gauge", 0, false, [new OtlpSample.Point(Millisecond)]),
            new OtlpSample.Metric("unsaid", "", "sum", 0, true, [Number(1, 1L)]),
            new OtlpSample.Metric("\u65e5", "", "gauge", 0, false, [Number(1, 1L)]),
            new OtlpSample.Metric("fine", "", "gauge", 0, false, [Number(1, 1L), Number(2, 2L, ("\u65e5", "x"))]),
        ]));

        Assert.Equal(["fine 1 @1"], lines);
        Assert.Equal((1, 8), (translation.AcceptedPoints, translation.RejectedPoints));
        Assert.StartsWith("2 data points: exponential histograms with a scale below -4 have no native form (first: metric 'coarse'). 1 data points: a histogram", translation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddsUpDeltas()
    {
        Assert.Equal(["c_total 3 @1", "c_total 8 @2"], Translate(DeltaSum(Number(1, 3L), Number(2, 5L))).Lines);
        Assert.Equal(["c_total 8.5 @3"], Translate(DeltaSum(Number(3, 0.5))).Lines);
    }

    [Fact]
    public void AddsADeltaThatIsSentTwiceOnce()
    {
        Translate(DeltaSum(Number(1, 3L)));

        Assert.Equal(["c_total 3 @1"], Translate(DeltaSum(Number(1, 3L))).Lines);
        Assert.Equal(["c_total 4 @2"], Translate(DeltaSum(Number(2, 1L))).Lines);
    }

    [Fact]
    public void AddsADifferentDeltaOfTheSameTimeWithoutASecondSample()
    {
        var (lines, translation, _) = Translate(DeltaSum(Number(1, 3L), Number(1, 4L), Number(2, 1L)));

        Assert.Equal(["c_total 3 @1", "c_total 8 @2"], lines);
        Assert.Equal(3, translation.AcceptedPoints);
    }

    [Fact]
    public void RejectsADeltaThatIsOlderThanTheSum()
    {
        var (lines, translation, _) = Translate(DeltaSum(Number(5, 3L), Number(4, 1L)));

        Assert.Equal(["c_total 3 @5"], lines);
        Assert.Contains("older than one", translation.Message, StringComparison.Ordinal);
        Assert.Equal(1, _deltas!.Statistics().OutOfOrder);
    }

    [Fact]
    public void AddsUpDeltaHistogramsAndStartsAnewWhenBoundsChange()
    {
        var changed = HistogramPoint(9) with { Bounds = [1, 2] };

        var lines = Translate(Histogram(Delta, HistogramPoint(7), HistogramPoint(8), changed)).Lines;

        Assert.Equal(
            [
                "h_seconds_sum 25 @8", "h_seconds_count 12 @8", "h_seconds_bucket{le=\"0.00001\"} 2 @8", "h_seconds_bucket{le=\"2\"} 6 @8", "h_seconds_bucket{le=\"+Inf\"} 12 @8",
                "h_seconds_sum 12.5 @9", "h_seconds_count 6 @9", "h_seconds_bucket{le=\"1\"} 1 @9", "h_seconds_bucket{le=\"2\"} 3 @9", "h_seconds_bucket{le=\"+Inf\"} 6 @9",
            ],
            lines[5..]);
    }

    [Fact]
    public void AddsUpDeltaExponentialHistogramsOfDifferentScales() => Assert.Equal(
        "e {schema 0 count 7 sum 5 zero 3/1E-128 neg [] pos 1+2[3 1] custom  hint Unknown} @8",
        Translate(Exponential(
            Delta,
            new OtlpSample.Point(7 * Millisecond) { Count = 4, Sum = 2, Scale = 1, ZeroCount = 1, Offset = 0, Buckets = [1, 1, 1] },
            new OtlpSample.Point(8 * Millisecond) { Count = 3, Sum = 3, Scale = 0, ZeroCount = 2, Offset = 0, Buckets = [1] })).Lines[^1]);

    [Fact]
    public void KeepsTheDeltasOfTenantsApart()
    {
        Translate(DeltaSum(Number(1, 3L)));

        Assert.Equal(["c_total 4 @2"], Translate(DeltaSum(Number(2, 4L)), new TenantId("other")).Lines);
    }

    [Fact]
    public void ForgetsDeltasThatAreSilentForTooLong()
    {
        Translate(DeltaSum(Number(1, 3L)));
        _clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(["c_total 4 @2"], Translate(DeltaSum(Number(2, 4L))).Lines);
        Assert.Equal(new OtlpDeltaStatistics(1, 0, 1, 0), _deltas!.Statistics());
    }

    [Fact]
    public void GivesUpTheDeltaUnusedLongestWhenThereAreTooMany()
    {
        _options = new OtlpTranslationOptions { MaxDeltaSeriesPerTenant = 2 };
        Translate(DeltaSum(Number(1, 1L, ("k", "a")), Number(1, 1L, ("k", "b")), Number(2, 1L, ("k", "a")), Number(2, 1L, ("k", "c"))));

        Assert.Equal(["c_total{k=\"a\"} 3 @3", "c_total{k=\"b\"} 1 @3"], Translate(DeltaSum(Number(3, 1L, ("k", "a")), Number(3, 1L, ("k", "b")))).Lines);
        Assert.Equal((2, 2), (_deltas!.Statistics().Series, _deltas.Statistics().Evicted));
    }

    private static OtlpSample.Point Number(ulong milliseconds, object value, params (string, object)[] attributes) =>
        new(milliseconds * Millisecond) { Value = value, Attributes = attributes };

    private static OtlpSample.Metric Sum(int temporality, bool monotonic, params OtlpSample.Point[] points) => new("requests", "", "sum", temporality, monotonic, points);

    private static OtlpSample DeltaSum(params OtlpSample.Point[] points) => new([], [new OtlpSample.Metric("c", "", "sum", Delta, true, points)]);

    private static OtlpSample.Point HistogramPoint(ulong milliseconds) =>
        new(milliseconds * Millisecond) { Count = 6, Sum = 12.5, Buckets = [1, 2, 3], Bounds = [0.00001, 2] };

    private static OtlpSample Histogram(int temporality, params OtlpSample.Point[] points) => new([], [new OtlpSample.Metric("h", "s", "histogram", temporality, false, points)]);

    private static OtlpSample Exponential(int temporality, params OtlpSample.Point[] points) =>
        new([], [new OtlpSample.Metric("e", "", "exponentialHistogram", temporality, false, points)]);

    private (string[] Lines, OtlpTranslation Translation, MetricMetadata[] Metadata) Translate(OtlpSample sample, TenantId? tenant = null)
    {
        using var batch = new MetricBatch();
        var translation = TranslateInto(sample, batch, tenant);
        return (BatchText.Lines(batch), translation, [.. batch.Metadata]);
    }

    private OtlpTranslation TranslateInto(OtlpSample sample, MetricBatch batch, TenantId? tenant = null)
    {
        var data = new OtlpMetricsData();
        OtlpMetricsReader.ReadProtobuf(sample.ToProtobuf(), data);
        _deltas ??= new OtlpDeltaAccumulator(_options, _clock);
        return new OtlpMetricTranslator(_options, _deltas).Translate(tenant ?? TenantId.Default, data, batch);
    }
}
