using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Families;
using Signalbox.Telemetry.Metrics;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Families;

public sealed class SeriesPresenceTests
{
    private readonly SeriesPresence _presence = new();

    [Fact]
    public void EndsASeriesThatIsMissingOnceAndOnlyOnce()
    {
        var a = Key("a");
        var b = Key("b");
        See(a, b);

        Assert.Equal(["b"], Ended(a));
        Assert.Equal([], Ended(a));
    }

    [Fact]
    public void ASeriesThatComesBackIsNewAndCanEndAgain()
    {
        var a = Key("a");
        See(a);
        Ended();

        Assert.True(_presence.See(a, 1));
        Assert.Equal([], Ended(a));
        Assert.Equal(["a"], Ended());
    }

    [Fact]
    public void EndsEverySeriesOfATargetThatIsGone()
    {
        See(Key("a"), Key("b"));
        using var batch = new MetricBatch();

        _presence.EndAll(batch, 1000);

        Assert.Equal(2, batch.SeriesCount);
        Assert.Equal(0, _presence.Count);
    }

    [Fact]
    public void WhatOnlyAFailedRoundBroughtNeedsNoEnd()
    {
        See(Key("a"));
        _presence.See(Key("a"), 1);
        _presence.See(Key("b"), 1);
        using var batch = new MetricBatch();

        _presence.EndAll(batch, 1000);

        Assert.Equal("a", SeriesKey.ToLabels(batch.KeyOf(0)).Name);
        Assert.Equal(1, batch.SeriesCount);
    }

    private static byte[] Key(string name) => SeriesKey.FromLabels(Labels.From((Labels.MetricName, name)));

    private void See(params byte[][] keys)
    {
        using var batch = new MetricBatch();
        Array.ForEach(keys, key => _presence.See(key, 1));
        _presence.EndMissing(batch, 1);
    }

    private List<string> Ended(params byte[][] seen)
    {
        using var batch = new MetricBatch();
        Array.ForEach(seen, key => _presence.See(key, 1));
        _presence.EndMissing(batch, 1000);
        return
        [
            .. Enumerable.Range(0, batch.SeriesCount).Select(series =>
            {
                Assert.True(StaleMarker.Is(batch.SamplesOf(series)[0].Value));
                Assert.Equal(1000, batch.SamplesOf(series)[0].Timestamp);
                return SeriesKey.ToLabels(batch.KeyOf(series)).Name;
            }),
        ];
    }
}
