using FsCheck;
using FsCheck.Fluent;
using Signalbox.Scheduling.Tests.Zones;
using Xunit;

namespace Signalbox.Scheduling.Tests;

public sealed class ScheduleTests
{
    private static readonly DateTimeOffset Noon = Schedules.At("2026-06-01T12:00");

    [Fact]
    public void IntervalsCountFromTheirAnchorWhateverTheClocksDo()
    {
        var schedule = new IntervalSchedule(TimeSpan.FromMinutes(90), Noon);

        Schedules.AssertNext(schedule, "2026-01-01", "2026-06-01T12:00:00", "2026-06-01T13:30:00", "2026-06-01T15:00:00");
        Schedules.AssertNext(schedule, "2026-06-01T13:30", "2026-06-01T15:00:00");
        Assert.Equal(17, schedule.CountBetween(Noon, Noon.AddDays(1).AddTicks(1)));
        Assert.Equal(16, schedule.CountBetween(Noon, Noon.AddDays(1)));
    }

    [Fact]
    public void AnIntervalCountsWhatItFires() => Prop.ForAll(
        ArbMap.Default.ArbFor<Tuple<PositiveInt, int, NonNegativeInt>>(),
        static input =>
        {
            var schedule = new IntervalSchedule(TimeSpan.FromSeconds(input.Item1.Get), Noon);
            var from = Noon.AddSeconds(input.Item2);
            var until = from.AddSeconds(input.Item3.Get * 10.5);
            return schedule.After(from.AddTicks(-1)).TakeWhile(fire => fire.At < until).LongCount() == schedule.CountBetween(from, until);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(3660.0 * 86_400_000 + 1)]
    public void AnIntervalHasARange(double milliseconds) => Assert.Throws<ArgumentOutOfRangeException>(() => new IntervalSchedule(TimeSpan.FromMilliseconds(milliseconds), Noon));

    [Fact]
    public void OneTimeFiresOnceAtAWholeMillisecond()
    {
        var schedule = new OneTimeSchedule(Noon.AddTicks(12_345));

        Assert.Equal(Noon.AddMilliseconds(1), schedule.Next(Noon)!.Value.At);
        Assert.Null(schedule.Next(Noon.AddMilliseconds(1)));
        Assert.Equal(1, schedule.CountBetween(Noon, Noon.AddDays(1)));
    }

    [Fact]
    public void EqualPartsMakeEqualSchedules()
    {
        Assert.Equal(Schedules.Cron("0 9 * * MON", Schedules.Berlin), Schedules.Cron("0  9 * * 1", Schedules.Berlin));
        Assert.NotEqual(Schedules.Cron("0 9 * * MON", Schedules.Berlin), Schedules.Cron("0 9 * * MON", Schedules.Berlin, DstGap.Skip));
        Assert.Equal(
            new RecurrenceSchedule(Schedules.Rule("FREQ=DAILY"), Noon.DateTime, Schedules.Berlin),
            new RecurrenceSchedule(Schedules.Rule("freq=daily"), Noon.DateTime, Schedules.Berlin));
    }

    /// <summary>Through thirty years of every zone's changes: strictly increasing, never stalling, and the same wherever the question starts.</summary>
    [Fact]
    public void FiresIncreaseThroughThirtyYearsOfEveryZone()
    {
        var random = new Random(30);
        var until = Schedules.At("2028-01-01");
        foreach (var (name, zone, _, _) in SampleZones.Agreed)
        {
            var schedule = Schedules.Cron($"{random.Next(60)} {random.Next(4)} * * *", zone, (DstGap)random.Next(3), (DstOverlap)random.Next(4));
            var before = Schedules.At("1998-01-01");
            var count = 0;
            for (var fire = schedule.Next(before); fire is { } found && found.At < until; fire = schedule.Next(found.At), count++)
            {
                Assert.InRange(found.At - before, TimeSpan.FromTicks(1), TimeSpan.FromHours(73));
                Assert.Equal(found, schedule.Next(before + ((found.At - before) * random.NextDouble() * 0.999)));
                before = found.At;
            }

            Assert.Equal(count, schedule.CountBetween(Schedules.At("1998-01-01").AddTicks(1), until));
            Assert.InRange(count, 10_900, 11_030);
        }
    }

    [Theory]
    [InlineData("0 0 29 2 *")]
    [InlineData("* * * * * *")]
    public void TheCalendarEndsQuietly(string text)
    {
        var schedule = Schedules.Cron(text, Schedules.Zone("Pacific/Kiritimati"));

        Assert.Null(schedule.Next(DateTimeOffset.MaxValue));
        Assert.Null(schedule.Next(Schedules.At("9998-12-31T23:59:59")));
        Assert.NotNull(schedule.Next(DateTimeOffset.MinValue));
        Assert.NotNull(new IntervalSchedule(TimeSpan.FromDays(3660), Noon).Next(Schedules.At("9900-01-01")));
        Assert.Null(new IntervalSchedule(TimeSpan.FromDays(3660), Noon).Next(DateTimeOffset.MaxValue));
    }

    [Theory]
    [InlineData("Europe/Berlin", true)]
    [InlineData("UTC", true)]
    [InlineData("Mars/Olympus", false)]
    [InlineData("../../../etc/passwd", false)]
    [InlineData("/etc/localtime", false)]
    [InlineData("Europe", false)]
    [InlineData("leapseconds", false)]
    [InlineData("Europe/Berlin/..", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void ZonesAreFoundByTheirNameOnly(string? name, bool found) => Assert.Equal(found, TimeZones.TryFind(name, out _));

    /// <summary>A preview far into the future must not depend on what is kept of the zone's years.</summary>
    [Fact]
    public void ThousandsOfYearsAreTheSameForwardsAndAgain()
    {
        var schedule = Schedules.Cron("30 2 29 2 *", Schedules.Berlin, DstGap.Skip);
        var first = schedule.After(Schedules.At("2026-01-01")).Take(500).ToList();

        Assert.Equal(first, schedule.After(Schedules.At("2026-01-01")).Take(500));
        Assert.InRange(first[^1].At.Year, 4000, 4200);
    }

    [Fact]
    public void DescriptionsNameTheZone()
    {
        Assert.Equal("at 09:00 on Monday (Europe/Berlin)", Schedules.Cron("0 9 * * MON", Schedules.Berlin).Describe());
        Assert.Equal("every 1 hour 30 minutes from 2026-06-01 12:00:00 UTC", new IntervalSchedule(TimeSpan.FromMinutes(90), Noon).Describe());
        Assert.Equal("once at 2026-06-01 12:00:00 UTC", new OneTimeSchedule(Noon).Describe());
        Assert.Equal("FREQ=DAILY from 2026-06-01 12:00:00 (Europe/Berlin)", new RecurrenceSchedule(Schedules.Rule("FREQ=DAILY"), Noon.DateTime, Schedules.Berlin).Describe());
    }
}
