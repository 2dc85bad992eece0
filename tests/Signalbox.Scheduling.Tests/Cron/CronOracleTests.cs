using Signalbox.Scheduling.Tests.Zones;
using Xunit;

namespace Signalbox.Scheduling.Tests.Cron;

/// <summary>Random expressions with random policies, around changes of the clocks and away from them, equal what looking at the wall clock finds.</summary>
public sealed class CronOracleTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void FiresAreThoseOfTheWallClockMinuteByMinute(int seed) => Compare(new Random(seed), rounds: 120, withSeconds: false, TimeSpan.FromHours(30));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void FiresAreThoseOfTheWallClockSecondBySecond(int seed) => Compare(new Random(-seed), rounds: 12, withSeconds: true, TimeSpan.FromMinutes(100));

    [Fact]
    public void FiresAreThoseOfTheWallClockThroughEveryChangeOfEveryZone()
    {
        var random = new Random(99);
        foreach (var zone in SampleZones.Agreed)
        {
            foreach (var change in zone.Changes.Where((_, index) => index % 4 == random.Next(4)))
            {
                CompareOne(random, zone.System, zone.Noda, change, TimeSpan.FromHours(4), withSeconds: false);
            }
        }
    }

    private static void Compare(Random random, int rounds, bool withSeconds, TimeSpan around)
    {
        for (var round = 0; round < rounds; round++)
        {
            var zone = SampleZones.Agreed[random.Next(SampleZones.Agreed.Count)];
            if (zone.Changes.Count > 0)
            {
                CompareOne(random, zone.System, zone.Noda, zone.Changes[random.Next(zone.Changes.Count)], around, withSeconds);
            }
        }
    }

    private static void CompareOne(Random random, TimeZoneInfo system, NodaTime.DateTimeZone noda, DateTimeOffset change, TimeSpan around, bool withSeconds)
    {
        var cron = RandomCron.Make(random, withSeconds);
        var (gap, overlap) = ((DstGap)random.Next(3), (DstOverlap)random.Next(4));
        var schedule = Schedules.Cron(cron.Text, system, gap, overlap);
        var resolved = overlap != DstOverlap.Auto ? overlap : cron.IsFixed ? DstOverlap.First : DstOverlap.Both;
        var (from, until) = (change - around, change + around);

        var expected = new WallClockOracle(noda, cron.Matches, gap, resolved, withSeconds ? 1 : 60).Between(from, until);
        var actual = schedule.After(from.AddTicks(-1)).TakeWhile(fire => fire.At < until).ToList();

        Assert.True(expected.SequenceEqual(actual), $"{cron.Text} in {system.Id} around {change:u}, {gap}, {overlap}:\n{string.Join('\n', expected.Except(actual))}\nbut\n{string.Join('\n', actual.Except(expected))}");
        Assert.Equal(expected.Count, schedule.CountBetween(from, until));
    }
}
