using Signalbox.PromQL.Model;
using Signalbox.PromQL.Tests.Scripting;

namespace Signalbox.PromQL.Tests.Evaluation;

public sealed class LimitFacts
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task RefusesMoreStepsThanAllowedAndNamesTheLimit()
    {
        var exception = await Assert.ThrowsAsync<PromQLLimitException>(async () => await Engine(new PromQLOptions()).RangeAsync(Source(1), "foo", 0, 11_000_000, 1000, None));
        Assert.Equal(nameof(PromQLOptions.MaxSteps), exception.Limit);
    }

    [Theory]
    [InlineData("sum_over_time(foo[1h])")]
    [InlineData("foo")]
    [InlineData("quantile(0.5, foo)")]
    [InlineData("topk(100, foo)")]
    [InlineData("max_over_time(foo[1h:1s])")]
    public async Task RefusesMoreSamplesThanAllowedAndNamesTheLimit(string query)
    {
        var engine = Engine(new PromQLOptions { MaxSamples = 100 });
        var exception = await Assert.ThrowsAsync<PromQLLimitException>(async () => await engine.RangeAsync(Source(50), query, 0, 60_000, 10_000, None));
        Assert.Equal(nameof(PromQLOptions.MaxSamples), exception.Limit);
    }

    [Fact]
    public async Task HonoursCancellation()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Engine(new PromQLOptions()).InstantAsync(Source(5), "sum(foo)", 0, cancelled.Token));
    }

    [Fact]
    public async Task TellsATimeoutFromACancellation()
    {
        var clock = new ImpatientClock();
        var engine = new PromQLEngine(new PromQLOptions { Timeout = TimeSpan.FromSeconds(3) }, clock);
        var exception = await Assert.ThrowsAsync<PromQLTimeoutException>(async () => await engine.InstantAsync(Source(5), "sum(foo)", 0, None));
        Assert.Equal(TimeSpan.FromSeconds(3), exception.Timeout);
    }

    [Fact]
    public async Task SelectsTheSameSeriesOnlyOnce()
    {
        var source = Source(3);
        await Engine(new PromQLOptions()).RangeAsync(source, "foo / (foo + foo)", 0, 60_000, 10_000, None);
        Assert.Equal(1, source.Selections);
    }

    [Fact]
    public async Task CountsWhatAQueryCost()
    {
        var result = await Engine(new PromQLOptions()).RangeAsync(Source(3), "sum(foo)", 0, 60_000, 10_000, None);
        Assert.Equal(3, result.Statistics.SeriesSelected);
        Assert.Equal(21, result.Statistics.SamplesRead);
    }

    [Theory]
    [InlineData(true, "foo")]
    [InlineData(false, "")]
    public async Task DropsNamesAtTheEndOrAtOnce(bool delayed, string name)
    {
        var engine = Engine(new PromQLOptions { DelayedNameRemoval = delayed });
        var result = await engine.InstantAsync(Source(1), "label_replace(rate(foo[1m]), \"was\", \"$1\", \"__name__\", \"(.*)\")", 60_000, None);
        Assert.Equal(name, Assert.IsType<VectorValue>(result.Value).Samples[0].Labels.Get("was"));
    }

    private static PromQLEngine Engine(PromQLOptions options) => new(options, TimeProvider.System);

    private static MemorySource Source(int series)
    {
        var source = new MemorySource();
        for (var index = 0; index < series; index++)
        {
            for (var time = 0; time <= 60_000; time += 10_000)
            {
                source.SeriesOf(Labels.From(("__name__", "foo"), ("i", $"{index}"))).Put(time, index + time);
            }
        }

        return source;
    }

    /// <summary>Every timer fires at once.</summary>
    private sealed class ImpatientClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            callback(state);
            return System.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
