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
}
