using System.Globalization;
using Xunit;

namespace Signalbox.Scheduling.Tests;

public sealed class SchedulePreviewTests
{
    [Fact]
    public void ShowsLocalTimesWithTheirOffsetAndTheMoveOutOfAGap() => Assert.Equal(
        ["2026-03-28T02:30:00+01:00 None", "2026-03-29T03:00:00+02:00 Gap", "2026-03-30T02:30:00+02:00 None"],
        Lines(Schedules.Cron("30 2 * * *", Schedules.Berlin), "2026-03-28", 3));

    [Fact]
    public void ShowsBothPassesOfAnHourThatComesTwice() => Assert.Equal(
        ["2026-10-25T02:00:00+02:00 OverlapFirst", "2026-10-25T02:00:00+01:00 OverlapSecond", "2026-10-25T03:00:00+01:00 None"],
        Lines(Schedules.Cron("@hourly", Schedules.Berlin), "2026-10-24T23:30", 3));

    [Fact]
    public void ShowsTheTimesThatSkipDropsAndCountsThem() => Assert.Equal(
        ["2026-03-28T02:30:00+01:00 None", "2026-03-29T02:00:00+01:00 SkippedGap", "2026-03-29T02:30:00+01:00 SkippedGap", "2026-03-30T02:00:00+02:00 None"],
        Lines(Schedules.Cron("0,30 2 * * *", Schedules.Berlin, DstGap.Skip), "2026-03-28T01:15", 4));

    [Fact]
    public void SaysWhatEachMarkMeans()
    {
        var items = SchedulePreview.Of(Schedules.Cron("30 2 * * *", Schedules.Berlin), Schedules.At("2026-03-28"), 400).Items;

        Assert.All(items, static item => Assert.Equal(item.Mark == PreviewMark.None, item.Note is null));
        Assert.Equal([PreviewMark.Gap, PreviewMark.OverlapFirst, PreviewMark.Gap], items.Select(static item => item.Mark).Where(static mark => mark != PreviewMark.None));
    }

    [Fact]
    public void EndsWhereTheScheduleEnds() => Assert.Equal(["2026-06-01T12:00:00+00:00 None"], Lines(new OneTimeSchedule(Schedules.At("2026-06-01T12:00")), "2026-01-01", 50));

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void IsBounded(int count) => Assert.Throws<ArgumentOutOfRangeException>(() => SchedulePreview.Of(Schedules.Cron("@daily"), Schedules.At("2026-01-01"), count));

    private static IEnumerable<string> Lines(Schedule schedule, string from, int count) => SchedulePreview.Of(schedule, Schedules.At(from), count).Items
        .Select(static item => string.Create(CultureInfo.InvariantCulture, $"{item.Local:yyyy-MM-dd'T'HH:mm:sszzz} {item.Mark}"));
}
