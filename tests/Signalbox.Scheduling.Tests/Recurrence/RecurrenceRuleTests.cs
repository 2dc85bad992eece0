using System.Text;
using Xunit;

namespace Signalbox.Scheduling.Tests.Recurrence;

public sealed class RecurrenceRuleTests
{
    private static readonly string[] Soup =
    [
        "FREQ=", "DAILY", "YEARLY", "MONTHLY", "WEEKLY", "SECONDLY", "MINUTELY", ";", "INTERVAL=", "COUNT=", "UNTIL=", "19970101", "T000000Z", "BYDAY=", "MO", "-1FR", "BYMONTH=", ",",
        "0", "7", "99999999999", "-", "+", "BYSETPOS=", "BYMONTHDAY=", "BYWEEKNO=", "BYYEARDAY=", "BYHOUR=", "WKST=", "SU", "=", "RRULE:", " ", "X-OWN=1", "é", "BYSECOND=",
    ];

    [Theory]
    [InlineData("", 0, "A part such as FREQ=DAILY is missing.")]
    [InlineData("INTERVAL=2", 10, "FREQ is missing.")]
    [InlineData("FREQ=DAILY;", 11, "A part such as FREQ=DAILY is missing.")]
    [InlineData("FREQ=FORTNIGHTLY", 5, "In FREQ 'FORTNIGHTLY' is not one of SECONDLY, MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY.")]
    [InlineData("RRULE:FREQ=DAILY;RSCALE=HEBREW", 17, "RSCALE is not supported.")]
    [InlineData("FREQ=DAILY;FREQ=DAILY", 11, "FREQ stands twice.")]
    [InlineData("FREQ=DAILY;DAILY", 11, "'DAILY' is not of the form NAME=VALUE.")]
    [InlineData("FREQ=DAILY;INTERVAL=0", 20, "In INTERVAL '0' is not a number from 1 to 100000.")]
    [InlineData("FREQ=DAILY;COUNT=", 17, "In COUNT a number is missing.")]
    [InlineData("FREQ=DAILY;COUNT=1;UNTIL=20260101", 19, "UNTIL and COUNT exclude each other.")]
    [InlineData("FREQ=DAILY;UNTIL=2026-01-01", 17, "In UNTIL '2026-01-01' is none of 20261231, 20261231T235959 and 20261231T235959Z.")]
    [InlineData("FREQ=DAILY;BYMONTH=1,13", 21, "In BYMONTH '13' is not a number from 1 to 12.")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=5,0", 26, "In BYMONTHDAY 0 is not from 1 to 31 or from -31 to -1.")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,XY", 21, "In BYDAY 'XY' is not one of SU, MO, TU, WE, TH, FR, SA.")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,1TU", 12, "BYDAY counts weekdays only with FREQ=MONTHLY or YEARLY.")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=3;BYDAY=1TU", 23, "BYDAY does not count weekdays beside BYWEEKNO.")]
    [InlineData("FREQ=MONTHLY;BYWEEKNO=3", 13, "BYWEEKNO needs FREQ=YEARLY.")]
    [InlineData("FREQ=MONTHLY;BYYEARDAY=3", 13, "BYYEARDAY does not go with FREQ=DAILY, WEEKLY or MONTHLY.")]
    [InlineData("FREQ=WEEKLY;BYMONTHDAY=3", 12, "BYMONTHDAY does not go with FREQ=WEEKLY.")]
    [InlineData("FREQ=DAILY;BYSETPOS=1", 11, "BYSETPOS needs another BY part to choose from.")]
    [InlineData("FREQ=DAILY;BYSECOND=60", 20, "In BYSECOND '60' is not a number from 0 to 59.")]
    public void WhatIsWrongIsRefusedWithItsPosition(string text, int position, string message)
    {
        Assert.False(RecurrenceRule.TryParse(text, out _, out var error));
        Assert.Equal(new ScheduleError(message, position), error);
    }

    [Theory]
    [InlineData(" rrule:interval=2;freq=weekly;byday=mo,we ", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE")]
    [InlineData("FREQ=YEARLY;BYMONTHDAY=+1,-1", "FREQ=YEARLY;BYMONTHDAY=+1,-1")]
    public void TheRuleIsPrintedInCapitals(string text, string printed)
    {
        Assert.Equal(printed, Schedules.Rule(text).ToString());
        Assert.Equal(Schedules.Rule(text), Schedules.Rule(printed));
    }

    [Theory]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4,6")]
    [InlineData("FREQ=HOURLY;INTERVAL=24;BYHOUR=5")]
    [InlineData("FREQ=SECONDLY;INTERVAL=60;BYSECOND=5")]
    [InlineData("FREQ=MINUTELY;INTERVAL=1440;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("FREQ=YEARLY;BYDAY=53SU;BYMONTH=1")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6")]
    [InlineData("FREQ=YEARLY;INTERVAL=100000;BYYEARDAY=366")]
    [InlineData("FREQ=WEEKLY;UNTIL=19970101")]
    public void ARuleWithoutOccurrencesEnds(string text)
    {
        var schedule = new RecurrenceSchedule(Schedules.Rule(text), new DateTime(1997, 9, 2, 9, 0, 0, DateTimeKind.Unspecified), Schedules.Berlin);

        Assert.Null(schedule.Next(Schedules.At("1990-01-01")));
        Assert.Equal(0, schedule.CountBetween(Schedules.At("1990-01-01"), Schedules.At("2020-01-01")));
    }

    [Fact]
    public void ClockChangesAreThoseOfCron()
    {
        var daily = new RecurrenceSchedule(Schedules.Rule("FREQ=DAILY"), new DateTime(2026, 3, 1, 2, 30, 0, DateTimeKind.Unspecified), Schedules.Berlin);
        var hourly = new RecurrenceSchedule(Schedules.Rule("FREQ=HOURLY"), new DateTime(2026, 3, 1, 2, 30, 0, DateTimeKind.Unspecified), Schedules.Berlin);

        Schedules.AssertNext(daily, "2026-03-28T12:00", "2026-03-29T01:00:00 Gap", "2026-03-30T00:30:00");
        Schedules.AssertNext(daily, "2026-10-24T12:00", "2026-10-25T00:30:00 OverlapFirst", "2026-10-26T01:30:00");
        Schedules.AssertNext(hourly, "2026-10-25T00:00", "2026-10-25T00:30:00 OverlapFirst", "2026-10-25T01:30:00 OverlapSecond", "2026-10-25T02:30:00");
    }

    [Fact]
    public void UntilInUtcComparesInstantsAndUntilWithoutZoneTheWallClock()
    {
        var start = new DateTime(2026, 7, 1, 1, 0, 0, DateTimeKind.Unspecified);
        RecurrenceSchedule Until(string until) => new(Schedules.Rule($"FREQ=DAILY;UNTIL={until}"), start, Schedules.Berlin);

        Assert.Equal(["2026-06-30T23:00:00", "2026-07-01T23:00:00"], Schedules.Next(Until("20260701T230000Z"), "2026-06-01", 9));
        Assert.Equal(["2026-06-30T23:00:00", "2026-07-01T23:00:00"], Schedules.Next(Until("20260702T010000"), "2026-06-01", 9));
        Assert.Equal(["2026-06-30T23:00:00", "2026-07-01T23:00:00"], Schedules.Next(Until("20260702"), "2026-06-01", 9));
        Assert.Equal(["2026-06-30T23:00:00"], Schedules.Next(Until("20260702T005959"), "2026-06-01", 9));
        Assert.Equal(1, Until("20260701T225959Z").CountBetween(Schedules.At("2026-06-01"), Schedules.At("2027-06-01")));
    }

    [Fact]
    public void RandomBytesAreARuleOrRefusedInsideTheText()
    {
        var random = new Random(1);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            Try((random.Next(2) == 0 ? "FREQ=DAILY;" : "") + Encoding.Latin1.GetString(bytes));
        }
    }

    [Fact]
    public void TokenSoupIsARuleOrRefusedInsideTheText()
    {
        var random = new Random(2);
        var accepted = 0;
        for (var round = 0; round < 40_000; round++)
        {
            accepted += Try((random.Next(2) == 0 ? "FREQ=YEARLY;" : "") + string.Concat(Enumerable.Range(0, random.Next(1, 10)).Select(_ => Soup[random.Next(Soup.Length)]))) ? 1 : 0;
        }

        Assert.InRange(accepted, 50, 40_000);
    }

    private static bool Try(string text)
    {
        if (RecurrenceRule.TryParse(text, out var rule, out var error))
        {
            var printed = Schedules.Rule(rule.ToString());
            Assert.Equal(rule, printed);
            _ = new RecurrenceSchedule(rule, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified), TimeZoneInfo.Utc).Next(Schedules.At("2026-01-01"));
            return true;
        }

        Assert.InRange(error.Position, 0, text.Length);
        return false;
    }
}
