using System.Text;
using System.Text.Json;
using Signalbox.PromQL.Model;
using Signalbox.Server.Query.Responses;
using Xunit;

namespace Signalbox.Server.Tests.Query.Responses;

public sealed class HistogramWriterTests
{
    [Fact]
    public void WritesBucketsFromTheLowestUpAndLeavesEmptyOnesOut() => Assert.Equal(
        """{"count":"10","sum":"-0.5","buckets":[[1,"-2","-1","3"],[3,"-0.001","0.001","2"],[0,"0.5","1","1"],[0,"2","4","4"]]}""",
        Write(new HistogramSample
        {
            Schema = 0,
            Count = 10,
            Sum = -0.5,
            ZeroThreshold = 0.001,
            ZeroCount = 2,
            PositiveSpans = [new BucketSpan(0, 2), new BucketSpan(0, 1)],
            PositiveBuckets = [1, 0, 4],
            NegativeSpans = [new BucketSpan(1, 1)],
            NegativeBuckets = [3],
        }));

    [Fact]
    public void KnowsFineAndCoarseSchemas()
    {
        Assert.Equal("""{"count":"1","sum":"1","buckets":[[0,"1","1.4142135623730951","1"]]}""", Write(One(1, index: 1)));
        Assert.Equal("""{"count":"1","sum":"1","buckets":[[0,"1","16","1"]]}""", Write(One(-2, index: 1)));
        Assert.Equal("""{"count":"1","sum":"1","buckets":[[0,"8.98846567431158e+307","1.7976931348623157e+308","1"]]}""", Write(One(0, index: 1024)));
    }

    [Fact]
    public void TakesCustomBoundsAsTheyAre() => Assert.Equal(
        """{"count":"6","sum":"7","buckets":[[3,"-Inf","0.5","1"],[0,"0.5","1","2"],[0,"1","+Inf","3"]]}""",
        Write(new HistogramSample
        {
            Schema = HistogramSample.CustomBucketsSchema,
            Count = 6,
            Sum = 7,
            CustomValues = [0.5, 1],
            PositiveSpans = [new BucketSpan(0, 3)],
            PositiveBuckets = [1, 2, 3],
        }));

    [Fact]
    public void WritesNoBucketsWhenAllAreEmpty() => Assert.Equal("""{"count":"0","sum":"0"}""", Write(new HistogramSample { Schema = 3 }));

    private static HistogramSample One(int schema, int index) =>
        new() { Schema = schema, Count = 1, Sum = 1, PositiveSpans = [new BucketSpan(index, 1)], PositiveBuckets = [1] };

    private static string Write(HistogramSample histogram)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            HistogramWriter.Write(json, histogram);
        }

        return Encoding.UTF8.GetString(text.ToArray()).Replace("\\u002B", "+", StringComparison.Ordinal);
    }
}
