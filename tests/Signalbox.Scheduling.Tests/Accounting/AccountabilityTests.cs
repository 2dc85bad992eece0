using Xunit;

namespace Signalbox.Scheduling.Tests.Accounting;

public sealed class AccountabilityTests
{
    private static readonly DateTimeOffset Midnight = Schedules.At("2026-06-01");
    private static readonly IntervalSchedule Hourly = new(TimeSpan.FromHours(1), Midnight);
    private static readonly SchedulePeriod Always = new(Hourly, Midnight.AddSeconds(-1), null);

    [Fact]
    public void EveryFireWithARecordIsClean()
    {
        var report = Compare([Always], Hours(0, 1, 2, 3), 3);

        Assert.True(report.IsClean);
        Assert.Equal((4, 4), (report.Planned, report.Matched));
    }

    [Fact]
    public void AFireWithoutARecordIsMissed()
    {
        var report = Compare([Always], Hours(0, 2), 3);

        Assert.Equal([Hour(1), Hour(3)], report.Missed);
        Assert.Equal((4, 2, 2, 0), (report.Planned, report.Matched, report.MissedTotal, report.ExtraTotal));
    }

    [Fact]
    public void ARecordThatNoSchedulePlannedIsExtraAndSoIsARepetition()
    {
        var report = Compare([Always], [.. Hours(0), new AccountedFire(Hour(0).AddMinutes(5), null), .. Hours(1, 1, 2, 3)], 3);

        Assert.Equal([Hour(0).AddMinutes(5), Hour(1)], report.Extra.Select(static fire => fire.Nominal));
        Assert.Empty(report.Missed);
    }

    [Fact]
    public void NothingWasPlannedWhileNoScheduleWasInForce()
    {
        SchedulePeriod[] periods = [new(Hourly, Midnight.AddSeconds(-1), Hour(1)), new(new IntervalSchedule(TimeSpan.FromMinutes(30), Midnight), Hour(4), Hour(5))];

        Assert.Equal([Hour(0), Hour(1), Hour(4).AddMinutes(30), Hour(5)], Accountability.PlannedFires(periods, Midnight.AddSeconds(-1), Hour(9)));
        Assert.True(Compare(periods, [.. Hours(0, 1), new AccountedFire(Hour(4).AddMinutes(30), FireOutcome.Ran), .. Hours(5)], 9).IsClean);
    }

    [Fact]
    public void TheWindowBeginsAfterItsFirstInstantAndEndsWithItsLast()
    {
        var report = Accountability.Compare([Always], Hours(1, 2, 4), Hour(1), Hour(3));

        Assert.Equal([Hour(3)], report.Missed);
        Assert.Equal((2, 0), (report.Planned, report.ExtraTotal));
    }

    [Fact]
    public void ARecordWithACountStandsForConsecutiveFires()
    {
        Assert.True(Compare([Always], [new AccountedFire(Hour(0), FireOutcome.Coalesced, 3), .. Hours(3)], 3).IsClean);
        Assert.Equal([Hour(3)], Compare([Always], [new AccountedFire(Hour(0), FireOutcome.Coalesced, 3)], 3).Missed);
    }

    [Fact]
    public void ACountThatBeginsBeforeTheWindowReachesIntoIt()
    {
        var report = Accountability.Compare([Always], [new AccountedFire(Hour(0), FireOutcome.Skipped, 5), .. Hours(6)], Hour(2), Hour(6));

        Assert.Equal([Hour(5)], report.Missed);
        Assert.Equal((4, 3), (report.Planned, report.Matched));
    }

    [Fact]
    public void MillionsOfMissedFiresAreCountedAndNotListed()
    {
        var everySecond = new SchedulePeriod(new IntervalSchedule(TimeSpan.FromSeconds(1), Midnight), Midnight.AddSeconds(-1), null);
        var report = Accountability.Compare([everySecond], [], Midnight.AddSeconds(-1), Midnight.AddSeconds(999_999));

        Assert.Equal((1_000_000, Accountability.MaxListed), (report.MissedTotal, report.Missed.Count));
    }

    [Fact]
    public void RecordsAndPeriodsOutOfOrderAreABug()
    {
        Assert.Throws<ArgumentException>(() => Compare([Always], Hours(1, 0), 3));
        Assert.Throws<ArgumentException>(() => Compare([Always, Always], Hours(0), 3));
    }

    /// <summary>Records that are the plan with some left out and some put in give back exactly those.</summary>
    [Fact]
    public void WhatWasTakenOutAndPutInIsFound()
    {
        var random = new Random(8);
        for (var round = 0; round < 200; round++)
        {
            var schedule = Schedules.Cron($"*/{random.Next(1, 50)} * * * *", Schedules.Berlin);
            SchedulePeriod[] periods = [new(schedule, Midnight, Midnight.AddHours(random.Next(1, 50)))];
            var (removed, added) = (new List<DateTimeOffset>(), new List<DateTimeOffset>());
            var records = new List<AccountedFire>();
            foreach (var nominal in Accountability.PlannedFires(periods, Midnight, Midnight.AddHours(40)))
            {
                (random.Next(10) == 0 ? removed : []).Add(nominal);
                if (removed.Count == 0 || removed[^1] != nominal)
                {
                    records.Add(new AccountedFire(nominal, FireOutcome.Ran));
                }

                if (random.Next(10) == 0)
                {
                    added.Add(nominal.AddSeconds(20));
                    records.Add(new AccountedFire(added[^1], FireOutcome.Ran));
                }
            }

            var report = Accountability.Compare(periods, records, Midnight, Midnight.AddHours(40).AddSeconds(30));
            Assert.Equal(removed, report.Missed);
            Assert.Equal(added, report.Extra.Select(static fire => fire.Nominal));
        }
    }

    private static AccountabilityReport Compare(IReadOnlyList<SchedulePeriod> periods, IEnumerable<AccountedFire> accounted, int untilHour) =>
        Accountability.Compare(periods, accounted, Midnight.AddSeconds(-1), Hour(untilHour));

    private static DateTimeOffset Hour(int hour) => Midnight.AddHours(hour);

    private static IEnumerable<AccountedFire> Hours(params int[] hours) => hours.Select(static hour => new AccountedFire(Hour(hour), FireOutcome.Ran));
}
