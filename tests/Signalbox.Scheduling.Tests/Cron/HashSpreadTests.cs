using Xunit;

namespace Signalbox.Scheduling.Tests.Cron;

public sealed class HashSpreadTests
{
    private const int Jobs = 6000;

    [Theory]
    [InlineData("H * * * *", 0, 60)]
    [InlineData("H(0-29) * * * *", 0, 30)]
    [InlineData("H/15 * * * *", 0, 15)]
    [InlineData("H(10-49)/10 * * * *", 10, 10)]
    public void MinutesAreSpreadEvenlyOverJobs(string text, int from, int size)
    {
        var counts = new int[size];
        for (var job = 0; job < Jobs; job++)
        {
            var first = Schedules.Expression(text, $"018f-{job:x}");
            counts[((ILocalPattern)first).NextAtOrAfter(0) / 60 - from]++;
        }

        // The chance that an even spread leaves six standard deviations is below one in a hundred million.
        var mean = (double)Jobs / size;
        Assert.All(counts, count => Assert.InRange(count, mean - (6 * Math.Sqrt(mean)), mean + (6 * Math.Sqrt(mean))));
    }

    [Fact]
    public void FieldsAreSpreadIndependently()
    {
        var pairs = Enumerable.Range(0, Jobs).Select(static job => ((ILocalPattern)Schedules.Expression("H H * * *", $"job-{job}")).NextAtOrAfter(0) / 60).Distinct().Count();

        Assert.InRange(pairs, 1380, 1440);
    }

    /// <summary>These times are promises: a change of the hash would move the jobs of every installation.</summary>
    [Theory]
    [InlineData("H H * * *", "nightly", "at 02:37")]
    [InlineData("H H * * *", "0195f2d0-7c1e-7000-8000-000000000001", "at 18:34")]
    [InlineData("H/15 * * * *", "nightly", "at minute 9, 24, 39, 54 of every hour")]
    public void TheSameSeedGivesTheSameTimesForEver(string text, string seed, string expected) => Assert.Equal(expected, Schedules.Expression(text, seed).Describe());

    [Fact]
    public void DayOfMonthKeepsToDaysThatEveryMonthHas() => Assert.All(Enumerable.Range(0, 500), static job =>
    {
        var monthly = new CronSchedule(Schedules.Expression("0 0 H * *", $"{job}"), TimeZoneInfo.Utc);
        Assert.Equal(12, monthly.CountBetween(Schedules.At("2026-01-01"), Schedules.At("2027-01-01")));
    });
}
