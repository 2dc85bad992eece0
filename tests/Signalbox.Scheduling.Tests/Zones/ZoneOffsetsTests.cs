using NodaTime;
using Xunit;

namespace Signalbox.Scheduling.Tests.Zones;

public sealed class ZoneOffsetsTests
{
    private const long UnixEpoch = 62_135_596_800;

    [Fact]
    public void AreThoseOfTheSystemsCompiledFilesAroundEveryChange()
    {
        var wrong = new List<string>();
        foreach (var name in SampleZones.Names)
        {
            var file = CompiledZone.Read(name);
            var offsets = ZoneOffsets.Of(Schedules.Zone(name));
            foreach (var (at, _, _) in SampleZones.Changes(SampleZones.Noda(name)))
            {
                foreach (var seconds in new[] { -7 * 86_400, -3601, -1, 0, 1, 3600, 7 * 86_400 })
                {
                    var unix = at.ToUnixTimeSeconds() + seconds;
                    if (offsets.At(unix + UnixEpoch).Offset != file.OffsetAt(unix))
                    {
                        wrong.Add($"{name} at {DateTimeOffset.FromUnixTimeSeconds(unix):u}: {offsets.At(unix + UnixEpoch).Offset}, not {file.OffsetAt(unix)}");
                    }
                }
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>NodaTime carries a zone database of its own age: a difference counts unless the system's compiled file, read by itself, has it too.</summary>
    [Fact]
    public void AreThoseOfNodaTimeUnlessTheDataDiffer()
    {
        var wrong = new List<string>();
        foreach (var name in SampleZones.Names)
        {
            var (noda, file, offsets) = (SampleZones.Noda(name), CompiledZone.Read(name), ZoneOffsets.Of(Schedules.Zone(name)));
            var end = new DateTimeOffset(SampleZones.ToYear, 1, 1, 0, 0, 0, TimeSpan.Zero);
            for (var at = new DateTimeOffset(SampleZones.FromYear, 1, 1, 0, 0, 0, TimeSpan.Zero); at < end; at = at.AddHours(67))
            {
                var (ours, theirs) = (offsets.At(at.ToUnixTimeSeconds() + UnixEpoch).Offset, noda.GetUtcOffset(Instant.FromDateTimeOffset(at)).Seconds);
                if (ours != theirs && file.OffsetAt(at.ToUnixTimeSeconds()) == theirs)
                {
                    wrong.Add($"{name} at {at:u}: {ours}, not {theirs}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void NearlyAllChangesAreTheSameInBothDatabases()
    {
        var all = SampleZones.Names.Sum(static name => SampleZones.Changes(SampleZones.Noda(name)).Count());
        var agreed = SampleZones.Agreed.Sum(static zone => zone.Changes.Count);

        Assert.InRange(agreed, all * 9 / 10, all);
        Assert.True(agreed > 2000, $"Only {agreed} changes are compared.");
    }

    [Fact]
    public void SegmentsOfAYearJoinWithoutGapOrOverlap()
    {
        foreach (var name in SampleZones.Names)
        {
            var offsets = ZoneOffsets.Of(Schedules.Zone(name));
            var segment = offsets.At(UnixEpoch + 820_454_400);
            for (var count = 0; count < 120; count++)
            {
                var next = offsets.At(segment.To);
                Assert.Equal(segment.To, next.From);
                Assert.True(segment.OffsetAfter == next.Offset || segment.Following != segment.To, $"{name} {segment} {next}");
                Assert.Equal(segment.To - 1, Math.Clamp(segment.To - 1, segment.From, segment.To));
                segment = next;
            }
        }
    }

    /// <summary>Asking once a day finds every change only if none is undone or followed by another within a day.</summary>
    [Fact]
    public void NoZoneChangesItsOffsetTwiceADay()
    {
        var all = DateTimeZoneProviders.Tzdb;
        var tooNear = from id in all.Ids
                      let changes = all[id].GetZoneIntervals(Instant.FromUtc(1970, 1, 1, 0, 0), Instant.FromUtc(2100, 1, 1, 0, 0)).ToList()
                      from index in Enumerable.Range(1, Math.Max(0, changes.Count - 2))
                      where changes[index].WallOffset != changes[index - 1].WallOffset && changes[index].Duration < Duration.FromDays(1)
                      select $"{id} {changes[index]}";

        Assert.Empty(tooNear);
    }

    /// <summary>The compiled files end with 2037; what a zone's last rule says later is compared with NodaTime where both have the same rule.</summary>
    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Pacific/Chatham")]
    [InlineData("Antarctica/Troll")]
    [InlineData("Europe/Dublin")]
    [InlineData("America/Santiago")]
    [InlineData("Africa/Cairo")]
    [InlineData("Asia/Jerusalem")]
    [InlineData("America/Godthab")]
    [InlineData("America/Scoresbysund")]
    [InlineData("Pacific/Easter")]
    [InlineData("Asia/Beirut")]
    [InlineData("America/Havana")]
    [InlineData("Asia/Kolkata")]
    public void LastingRulesGoOnAfterTheCompiledYears(string name)
    {
        var (noda, offsets) = (SampleZones.Noda(name), ZoneOffsets.Of(Schedules.Zone(name)));
        foreach (var interval in noda.GetZoneIntervals(Instant.FromUtc(2038, 1, 1, 0, 0), Instant.FromUtc(2100, 1, 1, 0, 0)).Skip(1))
        {
            var start = interval.Start.ToUnixTimeSeconds() + UnixEpoch;
            Assert.Equal(interval.WallOffset.Seconds, offsets.At(start).Offset);
            Assert.Equal(start, offsets.At(start).Previous);
        }
    }

    /// <summary>Files that list nothing but the past leave these years to the rule, as they are on many systems.</summary>
    [Fact]
    public void TheRuleAloneGivesTheListedChangesOfToday()
    {
        foreach (var name in new[] { "Europe/Berlin", "America/Santiago", "Africa/Cairo", "Asia/Jerusalem", "America/Godthab", "Pacific/Easter", "Australia/Lord_Howe", "Europe/Dublin" })
        {
            var file = ZoneFile.Find(name);
            Assert.NotNull(file);
            var today = file.Changes.Where(static change => change.At >= UnixEpoch + 1_767_225_600 && change.At < UnixEpoch + 2_019_686_400).ToList();
            Assert.True(today.Count is 0 or 16, $"{name} changes {today.Count} times in eight years.");
            Assert.All(today, change => Assert.Equal(change.Offset, file.Rule.OffsetAt(change.At)));
            Assert.All(today, change => Assert.NotEqual(change.Offset, file.Rule.OffsetAt(change.At - 1)));
        }
    }
}
