using System.Text;
using Xunit;

namespace Signalbox.Scheduling.Tests.Cron;

public sealed class CronParsingTests
{
    private static readonly string[] Soup =
        ["*", "0", "5", "7", "31", "59", "60", "-", "/", ",", "?", "L", "W", "#", "H", "(", ")", " ", " ", " ", "MON", "fri", "JAN", "DEC", "L-3", "LW", "*/5", "H/15", "H(0-9)", "@daily", "é", "99999999999", "\t"];

    [Theory]
    [InlineData("", 0, "A cron expression has five fields (minute hour day-of-month month day-of-week) or six (second first); this has 0.")]
    [InlineData("* * * *", 7, "A cron expression has five fields (minute hour day-of-month month day-of-week) or six (second first); this has 4.")]
    [InlineData("0 0 0 * * ? 2026", 12, "A cron expression has at most six fields; a seventh for years is not supported.")]
    [InlineData("60 * * * *", 0, "In the field minute 60 is not from 0 to 59.")]
    [InlineData("0 24 * * *", 2, "In the field hour 24 is not from 0 to 23.")]
    [InlineData("0 0 0 * *", 4, "In the field day-of-month 0 is not from 1 to 31.")]
    [InlineData("0 0 * 13 *", 6, "In the field month 13 is not from 1 to 12.")]
    [InlineData("0 0 * * 8", 8, "In the field day-of-week 8 is not from 0 to 7.")]
    [InlineData("0 0 * * MOO", 8, "In the field day-of-week 'MOO' is not one of SUN, MON, TUE, WED, THU, FRI, SAT.")]
    [InlineData("0 0 * * MONDAY", 11, "In the field day-of-week 'D' does not belong here.")]
    [InlineData("0 0 * JAN-FEV *", 10, "In the field month 'FEV' is not one of JAN, FEB, MAR, APR, MAY, JUN, JUL, AUG, SEP, OCT, NOV, DEC.")]
    [InlineData("0,, * * * *", 2, "In the field minute ',' does not belong here.")]
    [InlineData("0, * * * *", 2, "In the field minute a value is missing.")]
    [InlineData("5- * * * *", 2, "In the field minute a value is missing.")]
    [InlineData("*/0 * * * *", 2, "In the field minute a step is at least 1.")]
    [InlineData("*/90 * * * *", 2, "In the field minute the step 90 is larger than the field (0-59).")]
    [InlineData("*5 * * * *", 1, "In the field minute '5' does not belong here.")]
    [InlineData("0 0 ? * ?,1", 8, "In the field day-of-week '?' stands alone in its field.")]
    [InlineData("? 0 * * *", 0, "In the field minute '?' stands only in the fields day-of-month and day-of-week.")]
    [InlineData("0 0 * * L", 8, "In the field day-of-week L alone says no weekday; write the last Friday of the month as FRIL or 5L.")]
    [InlineData("0 L * * *", 2, "In the field hour 'L' does not belong here.")]
    [InlineData("0 0 L-31 * *", 6, "In the field day-of-month at most 30 days lie before a month's last.")]
    [InlineData("0 0 * * 1#6", 10, "In the field day-of-week a month has a weekday from 1 to 5 times.")]
    [InlineData("0 0 * * 1#", 10, "In the field day-of-week a value is missing.")]
    [InlineData("H(5 * * * *", 3, "In the field minute '-' is missing.")]
    [InlineData("H(9-5) * * * *", 2, "In the field minute the range of H goes up.")]
    [InlineData("H(0-9)/11 * * * *", 7, "In the field minute the step 11 is larger than what H chooses from (0-9).")]
    [InlineData("0 0 31 2 *", 4, "No calendar has such a day: day-of-month and month never meet.")]
    [InlineData("0 0 30,31 FEB ?", 4, "No calendar has such a day: day-of-month and month never meet.")]
    [InlineData("0 0 31W 4,6,9,11 *", 4, "No calendar has such a day: day-of-month and month never meet.")]
    [InlineData("@fortnightly", 0, "'@fortnightly' is not a name for a schedule; there are @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly.")]
    [InlineData("@daily 5", 7, "Nothing may follow @daily.")]
    public void WhatIsWrongIsRefusedWithItsPosition(string text, int position, string message)
    {
        Assert.False(CronExpression.TryParse(text, "job", out _, out var error));
        Assert.Equal(new ScheduleError(message, position), error);
    }

    [Theory]
    [InlineData("  0\t9  *  jan-MAR   mon-FRI ", "0 9 * 1-3 1-5")]
    [InlineData("0 */10 * * * ?", "*/10 * * * *")]
    [InlineData("*/10 0 0 1 1 7", "*/10 0 0 1 1 0")]
    [InlineData("h/15 H(8-17) LW,15W,L-2 * SUN#1,5L", "H/15 H(8-17) LW,15W,L-2 * 0#1,5L")]
    [InlineData("@hourly", "0 * * * *")]
    public void TheExpressionIsPrintedRegularly(string text, string printed)
    {
        Assert.Equal(printed, Schedules.Expression(text).ToString());
        Assert.Equal(Schedules.Expression(text), Schedules.Expression(printed));
    }

    [Theory]
    [InlineData("0 9 * * MON-FRI", "at 09:00 on Monday or Tuesday or Wednesday or Thursday or Friday")]
    [InlineData("30 4 1,15 * 5", "at 04:30 on day 1, 15 of the month or Friday")]
    [InlineData("0 0 */10 * MON", "at 00:00 on day 1, 11, 21, 31 of the month that is Monday")]
    [InlineData("*/15 * * * *", "at minute 0, 15, 30, 45 of every hour")]
    [InlineData("* * * * * *", "every second of every minute of every hour")]
    [InlineData("10 0 0,12 L JAN ?", "at 00:00:10, 12:00:10 on the last day of the month in JAN")]
    [InlineData("0 0 ? * FRIL", "at 00:00 on the last Friday of the month")]
    [InlineData("0 0 1-31 * MON", "at 00:00")]
    public void ADescriptionSaysEverything(string text, string description) => Assert.Equal(description, Schedules.Expression(text).Describe());

    [Fact]
    public void RandomExpressionsSurvivePrintingAndReading()
    {
        var random = new Random(11);
        for (var round = 0; round < 3000; round++)
        {
            var expression = Schedules.Expression(RandomCron.Make(random, round % 2 == 0).Text);
            Assert.Equal(expression, Schedules.Expression(expression.ToString()));
        }
    }

    [Fact]
    public void RandomBytesAreAnExpressionOrRefusedInsideTheText()
    {
        var random = new Random(1);
        for (var round = 0; round < 30_000; round++)
        {
            var bytes = new byte[random.Next(30)];
            random.NextBytes(bytes);
            Try(Encoding.Latin1.GetString(bytes));
        }
    }

    [Fact]
    public void TokenSoupIsAnExpressionOrRefusedInsideTheText()
    {
        var random = new Random(2);
        var accepted = 0;
        for (var round = 0; round < 60_000; round++)
        {
            var fields = Enumerable.Range(0, random.Next(5, 7)).Select(_ => random.Next(2) == 0 ? "*" : string.Concat(Enumerable.Range(0, 1 + (random.Next(6) / 4)).Select(_ => Soup[random.Next(Soup.Length)])));
            accepted += Try(string.Join(' ', fields)) ? 1 : 0;
        }

        Assert.InRange(accepted, 500, 60_000);
    }

    [Fact]
    public void AnEndlessTextIsRefused()
    {
        Assert.False(CronExpression.TryParse(new string('*', 5000), "job", out _, out var error));
        Assert.Equal(1024, error.Position);
    }

    private static bool Try(string text)
    {
        if (CronExpression.TryParse(text, "job", out var expression, out var error))
        {
            Assert.Equal(expression, Schedules.Expression(expression.ToString()));
            Assert.NotNull(new CronSchedule(expression, TimeZoneInfo.Utc).Next(Schedules.At("2026-01-01")));
            return true;
        }

        Assert.InRange(error.Position, 0, text.Length);
        return false;
    }
}
