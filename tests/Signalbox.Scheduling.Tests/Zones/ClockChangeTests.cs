using Xunit;

namespace Signalbox.Scheduling.Tests.Zones;

/// <summary>Changes of the clocks worked out by hand: each line is a zone, an expression, the two rules, an instant and the fires that must follow, in UTC.</summary>
public sealed class ClockChangeTests
{
    private const DstGap ToEnd = DstGap.ShiftToEnd;
    private const DstGap ByDelta = DstGap.ShiftByDelta;
    private const DstGap Skip = DstGap.Skip;
    private const DstOverlap Auto = DstOverlap.Auto;
    private const DstOverlap First = DstOverlap.First;
    private const DstOverlap Last = DstOverlap.Last;
    private const DstOverlap Both = DstOverlap.Both;

    [Theory]

    // Berlin, 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
    [InlineData("Europe/Berlin", "30 2 * * *", ToEnd, "2026-03-28T00:00", "2026-03-28T01:30:00", "2026-03-29T01:00:00 Gap", "2026-03-30T00:30:00")]
    [InlineData("Europe/Berlin", "30 2 * * *", ByDelta, "2026-03-28T12:00", "2026-03-29T01:30:00 Gap", "2026-03-30T00:30:00")]
    [InlineData("Europe/Berlin", "30 2 * * *", Skip, "2026-03-28T12:00", "2026-03-30T00:30:00")]
    [InlineData("Europe/Berlin", "0 2 * * *", ToEnd, "2026-03-28T12:00", "2026-03-29T01:00:00 Gap", "2026-03-30T00:00:00")]
    [InlineData("Europe/Berlin", "0 3 * * *", ToEnd, "2026-03-28T12:00", "2026-03-29T01:00:00", "2026-03-30T01:00:00")]
    [InlineData("Europe/Berlin", "30 2,3 * * *", ToEnd, "2026-03-28T12:00", "2026-03-29T01:00:00 Gap", "2026-03-29T01:30:00", "2026-03-30T00:30:00")]
    [InlineData("Europe/Berlin", "30 2,3 * * *", ByDelta, "2026-03-28T12:00", "2026-03-29T01:30:00", "2026-03-30T00:30:00")]
    [InlineData("Europe/Berlin", "0,30 2 * * *", ToEnd, "2026-03-28T12:00", "2026-03-29T01:00:00 Gap", "2026-03-30T00:00:00")]
    [InlineData("Europe/Berlin", "0,30 2 * * *", ByDelta, "2026-03-28T12:00", "2026-03-29T01:00:00 Gap", "2026-03-29T01:30:00 Gap", "2026-03-30T00:00:00")]
    [InlineData("Europe/Berlin", "*/30 * * * *", ToEnd, "2026-03-29T00:29", "2026-03-29T00:30:00", "2026-03-29T01:00:00", "2026-03-29T01:30:00")]
    [InlineData("Europe/Berlin", "15 * * * *", ToEnd, "2026-03-29T00:00", "2026-03-29T00:15:00", "2026-03-29T01:00:00 Gap", "2026-03-29T01:15:00")]
    [InlineData("Europe/Berlin", "15 * * * *", ByDelta, "2026-03-29T00:00", "2026-03-29T00:15:00", "2026-03-29T01:15:00", "2026-03-29T02:15:00")]
    [InlineData("Europe/Berlin", "15 * * * *", Skip, "2026-03-29T00:00", "2026-03-29T00:15:00", "2026-03-29T01:15:00")]
    [InlineData("Europe/Berlin", "59 59 2 29 3 *", ByDelta, "2026-01-01T00:00", "2026-03-29T01:59:59 Gap", "2027-03-29T00:59:59")]
    [InlineData("Europe/Berlin", "59 59 1 29 3 *", ToEnd, "2026-01-01T00:00", "2026-03-29T00:59:59")]

    // New York, 8 March 2026: 02:00 becomes 03:00 at 07:00 UTC.
    [InlineData("America/New_York", "30 2 * * SUN", ToEnd, "2026-03-07T00:00", "2026-03-08T07:00:00 Gap", "2026-03-15T06:30:00")]
    [InlineData("America/New_York", "30 2 8W * *", Skip, "2026-02-10T00:00", "2026-03-09T06:30:00")]

    // Lord Howe, 4 October 2026: 02:00 becomes 02:30 at 15:30 UTC of the day before.
    [InlineData("Australia/Lord_Howe", "15 2 * * *", ToEnd, "2026-10-03T00:00", "2026-10-03T15:30:00 Gap", "2026-10-04T15:15:00")]
    [InlineData("Australia/Lord_Howe", "15 2 * * *", ByDelta, "2026-10-03T00:00", "2026-10-03T15:45:00 Gap", "2026-10-04T15:15:00")]
    [InlineData("Australia/Lord_Howe", "30 2 * * *", ToEnd, "2026-10-03T00:00", "2026-10-03T15:30:00", "2026-10-04T15:30:00")]

    // Apia left out the whole of 30 December 2011.
    [InlineData("Pacific/Apia", "0 12 * * *", ToEnd, "2011-12-29T00:00", "2011-12-29T22:00:00", "2011-12-30T10:00:00 Gap", "2011-12-30T22:00:00")]
    [InlineData("Pacific/Apia", "0 12 * * *", Skip, "2011-12-29T00:00", "2011-12-29T22:00:00", "2011-12-30T22:00:00", "2011-12-31T22:00:00")]
    [InlineData("Pacific/Apia", "0 9 30 12 *", ByDelta, "2011-06-01T00:00", "2011-12-30T19:00:00 Gap", "2012-12-29T19:00:00")]
    [InlineData("Pacific/Apia", "0 9 30 12 *", Skip, "2011-06-01T00:00", "2012-12-29T19:00:00")]
    [InlineData("Pacific/Apia", "0 * * * *", ToEnd, "2011-12-30T08:30", "2011-12-30T09:00:00", "2011-12-30T10:00:00", "2011-12-30T11:00:00")]

    // Troll goes from 01:00 to 03:00 at 01:00 UTC of 29 March 2026.
    [InlineData("Antarctica/Troll", "30 1 * * *", ToEnd, "2026-03-28T12:00", "2026-03-29T01:00:00 Gap", "2026-03-29T23:30:00")]
    [InlineData("Antarctica/Troll", "30 1,2 * * *", ByDelta, "2026-03-28T12:00", "2026-03-29T01:30:00 Gap", "2026-03-29T02:30:00 Gap", "2026-03-29T23:30:00")]

    // Midnights that do not exist.
    [InlineData("America/Sao_Paulo", "0 0 * * *", ToEnd, "2018-11-03T12:00", "2018-11-04T03:00:00 Gap", "2018-11-05T02:00:00")]
    [InlineData("America/Sao_Paulo", "@daily", Skip, "2018-11-03T12:00", "2018-11-05T02:00:00")]
    [InlineData("Asia/Tehran", "30 0 * * *", ToEnd, "2022-03-21T12:00", "2022-03-21T20:30:00 Gap", "2022-03-22T20:00:00")]
    [InlineData("Asia/Tehran", "30 0 * * *", ToEnd, "2023-03-21T12:00", "2023-03-21T21:00:00", "2023-03-22T21:00:00")]
    [InlineData("Asia/Beirut", "0 0 29 3 *", ToEnd, "2026-01-01T00:00", "2026-03-28T22:00:00 Gap", "2027-03-28T21:00:00")]
    [InlineData("America/St_Johns", "30 0 14 3 *", ToEnd, "2010-01-01T00:00", "2010-03-14T03:31:00 Gap", "2011-03-14T03:00:00")]
    [InlineData("America/Havana", "15 0 8 3 *", ByDelta, "2026-01-01T00:00", "2026-03-08T05:15:00 Gap")]
    [InlineData("Pacific/Chatham", "0 3 * * *", ToEnd, "2026-09-26T00:00", "2026-09-26T14:00:00 Gap", "2026-09-27T13:15:00")]
    [InlineData("Pacific/Chatham", "0 3 * * *", ByDelta, "2026-09-26T00:00", "2026-09-26T14:15:00 Gap", "2026-09-27T13:15:00")]
    [InlineData("Asia/Pyongyang", "45 23 4 5 *", ByDelta, "2018-01-01T00:00", "2018-05-04T15:15:00 Gap", "2019-05-04T14:45:00")]

    // Casablanca lives on summer time and leaves it for Ramadan: forward again at 02:00 on 22 March 2026.
    [InlineData("Africa/Casablanca", "30 2 22 3 *", ToEnd, "2026-01-01T00:00", "2026-03-22T02:00:00 Gap")]
    public void LocalTimesThatDoNotExist(string zone, string expression, DstGap gap, string after, params string[] expected) =>
        Schedules.AssertNext(Schedules.Cron(expression, Schedules.Zone(zone), gap), after, expected);

    [Theory]

    // Berlin, 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC.
    [InlineData("Europe/Berlin", "30 2 * * *", Auto, "2026-10-24T12:00", "2026-10-25T00:30:00 OverlapFirst", "2026-10-26T01:30:00")]
    [InlineData("Europe/Berlin", "30 2 * * *", Last, "2026-10-24T12:00", "2026-10-25T01:30:00 OverlapSecond", "2026-10-26T01:30:00")]
    [InlineData("Europe/Berlin", "30 2 * * *", Both, "2026-10-24T12:00", "2026-10-25T00:30:00 OverlapFirst", "2026-10-25T01:30:00 OverlapSecond", "2026-10-26T01:30:00")]
    [InlineData("Europe/Berlin", "0 3 * * *", Both, "2026-10-24T12:00", "2026-10-25T02:00:00", "2026-10-26T02:00:00")]
    [InlineData("Europe/Berlin", "0 2 * * *", Auto, "2026-10-24T12:00", "2026-10-25T00:00:00 OverlapFirst", "2026-10-26T01:00:00")]
    [InlineData("Europe/Berlin", "0 * * * *", Auto, "2026-10-24T23:30", "2026-10-25T00:00:00 OverlapFirst", "2026-10-25T01:00:00 OverlapSecond", "2026-10-25T02:00:00")]
    [InlineData("Europe/Berlin", "0 * * * *", First, "2026-10-24T23:30", "2026-10-25T00:00:00 OverlapFirst", "2026-10-25T02:00:00")]
    [InlineData("Europe/Berlin", "0 * * * *", Last, "2026-10-24T23:30", "2026-10-25T01:00:00 OverlapSecond", "2026-10-25T02:00:00")]
    [InlineData("Europe/Berlin", "*/30 2 * * *", Auto, "2026-10-24T12:00", "2026-10-25T00:00:00 OverlapFirst", "2026-10-25T00:30:00 OverlapFirst", "2026-10-25T01:00:00 OverlapSecond", "2026-10-25T01:30:00 OverlapSecond", "2026-10-26T01:00:00")]
    [InlineData("Europe/Berlin", "10,20 1,2 * * *", Auto, "2026-10-24T23:15", "2026-10-24T23:20:00", "2026-10-25T00:10:00 OverlapFirst", "2026-10-25T00:20:00 OverlapFirst", "2026-10-26T00:10:00")]
    [InlineData("Europe/Berlin", "30 1-3 * * *", Auto, "2026-10-24T23:00", "2026-10-24T23:30:00", "2026-10-25T00:30:00 OverlapFirst", "2026-10-25T01:30:00 OverlapSecond", "2026-10-25T02:30:00")]
    [InlineData("Europe/Berlin", "30 2 * * *", Auto, "2026-10-25T00:30", "2026-10-26T01:30:00")]

    [InlineData("America/New_York", "30 1 1 11 *", Auto, "2026-06-01T00:00", "2026-11-01T05:30:00 OverlapFirst", "2027-11-01T05:30:00")]
    [InlineData("America/New_York", "30 1 1 11 *", Last, "2026-06-01T00:00", "2026-11-01T06:30:00 OverlapSecond", "2027-11-01T05:30:00")]

    // Dublin's winter time is the deviation by law; the wall clock is London's.
    [InlineData("Europe/Dublin", "30 1 * * *", Both, "2026-10-24T12:00", "2026-10-25T00:30:00 OverlapFirst", "2026-10-25T01:30:00 OverlapSecond", "2026-10-26T01:30:00")]

    // Lord Howe, 5 April 2026: 02:00 becomes 01:30 at 15:00 UTC of the day before.
    [InlineData("Australia/Lord_Howe", "45 1 * * *", Both, "2026-04-04T00:00", "2026-04-04T14:45:00 OverlapFirst", "2026-04-04T15:15:00 OverlapSecond", "2026-04-05T15:15:00")]
    [InlineData("Australia/Lord_Howe", "15 1 * * *", Both, "2026-04-04T00:00", "2026-04-04T14:15:00", "2026-04-05T14:45:00")]
    [InlineData("Antarctica/Troll", "30 1,2 * * *", Auto, "2026-10-24T12:00", "2026-10-24T23:30:00 OverlapFirst", "2026-10-25T00:30:00 OverlapFirst", "2026-10-26T01:30:00")]
    [InlineData("Antarctica/Troll", "0 1-2 * * *", Auto, "2026-10-24T22:00", "2026-10-24T23:00:00 OverlapFirst", "2026-10-25T00:00:00 OverlapFirst", "2026-10-25T01:00:00 OverlapSecond", "2026-10-25T02:00:00 OverlapSecond", "2026-10-26T01:00:00")]

    // Evenings that exist twice: the clocks go back over midnight.
    [InlineData("America/Sao_Paulo", "30 23 * * *", Auto, "2018-02-17T12:00", "2018-02-18T01:30:00 OverlapFirst", "2018-02-19T02:30:00")]
    [InlineData("America/Sao_Paulo", "30 23 * * *", Last, "2018-02-17T12:00", "2018-02-18T02:30:00 OverlapSecond", "2018-02-19T02:30:00")]
    [InlineData("Asia/Tehran", "30 23 * * *", Both, "2022-09-21T12:00", "2022-09-21T19:00:00 OverlapFirst", "2022-09-21T20:00:00 OverlapSecond", "2022-09-22T20:00:00")]
    [InlineData("America/St_Johns", "30 23 6 11 *", Both, "2010-06-01T00:00", "2010-11-07T02:00:00 OverlapFirst", "2010-11-07T03:00:00 OverlapSecond")]
    [InlineData("America/St_Johns", "0 0 7 11 *", Both, "2010-06-01T00:00", "2010-11-07T02:30:00 OverlapFirst", "2010-11-07T03:30:00 OverlapSecond")]
    [InlineData("America/Santiago", "59 23 4 4 *", Auto, "2026-01-01T00:00", "2026-04-05T02:59:00 OverlapFirst", "2027-04-05T03:59:00")]
    [InlineData("America/Havana", "30 0 * * *", Auto, "2026-10-31T12:00", "2026-11-01T04:30:00 OverlapFirst", "2026-11-02T05:30:00")]
    [InlineData("Pacific/Chatham", "0 3 * * *", Both, "2026-04-04T00:00", "2026-04-04T13:15:00 OverlapFirst", "2026-04-04T14:15:00 OverlapSecond", "2026-04-05T14:15:00")]
    [InlineData("America/Caracas", "45 2 9 12 *", Both, "2007-06-01T00:00", "2007-12-09T06:45:00 OverlapFirst", "2007-12-09T07:15:00 OverlapSecond")]
    [InlineData("Asia/Pyongyang", "45 23 14 8 *", Auto, "2015-01-01T00:00", "2015-08-14T14:45:00 OverlapFirst", "2016-08-14T15:15:00")]
    [InlineData("Africa/Casablanca", "30 2 15 2 *", Both, "2026-01-01T00:00", "2026-02-15T01:30:00 OverlapFirst", "2026-02-15T02:30:00 OverlapSecond")]
    public void LocalTimesThatExistTwice(string zone, string expression, DstOverlap overlap, string after, params string[] expected) =>
        Schedules.AssertNext(Schedules.Cron(expression, Schedules.Zone(zone), overlap: overlap), after, expected);

    /// <summary>The change lies so near to New Year that its effects reach into the next year of UTC.</summary>
    [Fact]
    public void AChangeAtNewYearReachesIntoTheNextYear()
    {
        var start = TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 23, 30, 0, DateTimeKind.Unspecified), 12, 31);
        var end = TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1, 3, 0, 0, DateTimeKind.Unspecified), 6, 30);
        var rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), start, end);
        var zone = TimeZoneInfo.CreateCustomTimeZone("New Year", TimeSpan.Zero, "New Year", "Winter", "Summer", [rule]);

        Schedules.AssertNext(Schedules.Cron("45,15 23,0 * * *", zone, ByDelta), "2026-12-31T12:00", "2026-12-31T23:15:00", "2026-12-31T23:45:00", "2027-01-01T00:15:00 Gap");
    }
}
