using System.Globalization;
using Xunit;

namespace Signalbox.Scheduling.Tests.Recurrence;

/// <summary>The examples of RFC 5545, section 3.8.5.3, as rule and days. All but a few start on Tuesday, 2 September 1997, 09:00 in New York.</summary>
public sealed class RecurrenceExampleTests
{
    private static readonly TimeZoneInfo NewYork = Schedules.Zone("America/New_York");

    [Theory]
    [InlineData("FREQ=DAILY;COUNT=10", "9/2 9/3 9/4 9/5 9/6 9/7 9/8 9/9 9/10 9/11 end")]
    [InlineData("FREQ=DAILY;INTERVAL=2", "9/2 9/4 9/6 9/8")]
    [InlineData("FREQ=DAILY;INTERVAL=10;COUNT=5", "9/2 9/12 9/22 10/2 10/12 end")]
    [InlineData("FREQ=WEEKLY;COUNT=10", "9/2 9/9 9/16 9/23 9/30 10/7 10/14 10/21 10/28 11/4 end")]
    [InlineData("FREQ=WEEKLY;UNTIL=19971224T000000Z", "9/2 9/9 9/16 9/23 9/30 10/7 10/14 10/21 10/28 11/4 11/11 11/18 11/25 12/2 12/9 12/16 12/23 end")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;WKST=SU", "9/2 9/16 9/30 10/14 10/28 11/11 11/25 12/9 12/23 1998/1/6 1998/1/20")]
    [InlineData("FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "9/2 9/4 9/9 9/11 9/16 9/18 9/23 9/25 9/30 10/2 end")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "9/2 9/4 9/16 9/18 9/30 10/2 10/14 10/16 end")]
    [InlineData("FREQ=YEARLY;COUNT=10;BYMONTH=6,7", "1998/6/2 1998/7/2 1999/6/2 1999/7/2 2000/6/2 2000/7/2 2001/6/2 2001/7/2 2002/6/2 2002/7/2 end")]
    [InlineData("FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "9/22 10/20 11/17 12/22 1998/1/19 1998/2/16 end")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-3", "9/28 10/29 11/28 12/29 1998/1/29 1998/2/26")]
    [InlineData("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", "9/2 9/15 10/2 10/15 11/2 11/15 12/2 12/15 1998/1/2 1998/1/15 end")]
    [InlineData("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "9/30 10/1 10/31 11/1 11/30 12/1 12/31 1998/1/1 1998/1/31 1998/2/1 end")]
    [InlineData("FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15", "9/10 9/11 9/12 9/13 9/14 9/15 1999/3/10 1999/3/11 1999/3/12 1999/3/13 end")]
    [InlineData("FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", "9/2 9/9 9/16 9/23 9/30 11/4 11/11 11/18 11/25 1998/1/6")]
    [InlineData("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "9/4 10/7 11/6 end")]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "9/29 10/30 11/27 12/30 1998/1/29 1998/2/26 1998/3/30")]
    [InlineData("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1998/2/13 1998/3/13 1998/11/13 1999/8/13 2000/10/13")]
    [InlineData("FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", "9/13 10/11 11/8 12/13 1998/1/10 1998/2/7 1998/3/7")]
    [InlineData("FREQ=YEARLY;BYDAY=20MO", "1998/5/18 1999/5/17 2000/5/15")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1998/5/11 1999/5/17 2000/5/15")]
    [InlineData("FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1998/3/5 1998/3/12 1998/3/19 1998/3/26 1999/3/4")]
    [InlineData("FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", "1998/6/4 1998/6/11 1998/6/18 1998/6/25 1998/7/2 1998/7/9")]
    [InlineData("FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "11/4 2001/11/6 2005/11/8 2009/11/3")]
    [InlineData("FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", "2000/1/1 2000/4/9 2000/7/18 2003/1/1 2003/4/10 2003/7/19 2006/1/1 2006/4/10 2006/7/19 2009/1/1 end")]
    [InlineData("FREQ=YEARLY;INTERVAL=2;BYMONTH=1,2,3;COUNT=4", "1999/1/2 1999/2/2 1999/3/2 2001/1/2 end")]
    [InlineData("FREQ=DAILY;BYMONTH=1;UNTIL=19980104", "1998/1/1 1998/1/2 1998/1/3 1998/1/4 end")]
    public void DaysFollowTheRule(string rule, string days)
    {
        var expected = days.Split(' ').Where(static day => day != "end").Select(static day => Parse(day)).ToList();
        var schedule = new RecurrenceSchedule(Schedules.Rule(rule), new DateTime(1997, 9, 2, 9, 0, 0, DateTimeKind.Unspecified), NewYork);
        var fires = schedule.After(Schedules.At("1997-09-02T00:00")).Take(expected.Count).ToList();

        Assert.Equal(expected, fires.Select(static fire => TimeZoneInfo.ConvertTime(fire.At, NewYork).DateTime));
        Assert.True(!days.EndsWith("end", StringComparison.Ordinal) || schedule.Next(fires[^1].At) is null);
    }

    [Theory]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05", "8/5 8/10 8/19 8/24")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05", "8/5 8/17 8/19 8/31")]
    [InlineData("FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05", "9/5 10/3 11/7 12/5 1998/1/2 1998/2/6 1998/3/6 1998/4/3 1998/5/1 1998/6/5")]
    [InlineData("FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "1997-09-07", "9/7 9/28 11/2 11/30 1998/1/4 1998/1/25 1998/3/1 1998/3/29 1998/5/3 1998/5/31")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15", "2007/1/15 2007/1/30 2007/2/15 2007/3/15 2007/3/30")]
    [InlineData("FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO", "1998-01-01", "1998/1/4 1998/1/5 1998/1/11 1998/1/12 1998/1/18")]
    [InlineData("FREQ=YEARLY", "1996-02-29", "1996/2/29 2000/2/29 2004/2/29 2008/2/29")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=1", "2025-01-01", "2025/1/1 2025/12/31 2027/1/6")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=SU", "2024-01-01", "2024/12/29 2025/12/28 2027/1/3 2028/1/2")]
    public void OtherStartsWorkTheSame(string rule, string start, string days)
    {
        var first = DateTime.ParseExact(start, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddHours(9);
        var expected = days.Split(' ').Select(static day => Parse(day)).ToList();
        var schedule = new RecurrenceSchedule(Schedules.Rule(rule), first, NewYork);

        Assert.Equal(expected, schedule.After(Schedules.At($"{start}T00:00")).Take(expected.Count).Select(static fire => TimeZoneInfo.ConvertTime(fire.At, NewYork).DateTime));
    }

    [Theory]
    [InlineData("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", "09:00 12:00")]
    [InlineData("FREQ=MINUTELY;INTERVAL=15;COUNT=6", "09:00 09:15 09:30 09:45 10:00 10:15")]
    [InlineData("FREQ=MINUTELY;INTERVAL=90;COUNT=4", "09:00 10:30 12:00 13:30")]
    [InlineData("FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20,40;COUNT=6", "09:00 09:20 09:40 10:00 10:20 10:40")]
    [InlineData("FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10;COUNT=6", "09:00 09:20 09:40 10:00 10:20 10:40")]
    [InlineData("FREQ=HOURLY;BYMINUTE=10,20,30;BYSETPOS=-1;COUNT=2", "09:30 10:30")]
    [InlineData("FREQ=SECONDLY;INTERVAL=1200;COUNT=3", "09:00 09:20 09:40")]
    public void TimesFollowTheRule(string rule, string times)
    {
        var schedule = new RecurrenceSchedule(Schedules.Rule(rule), new DateTime(1997, 9, 2, 9, 0, 0, DateTimeKind.Unspecified), NewYork);

        Assert.Equal(times.Split(' '), schedule.After(Schedules.At("1997-09-02T00:00")).Select(static fire => TimeZoneInfo.ConvertTime(fire.At, NewYork).ToString("HH:mm", CultureInfo.InvariantCulture)));
    }

    private static DateTime Parse(string day)
    {
        var parts = day.Split('/').Select(static part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return parts.Length == 3 ? new DateTime(parts[0], parts[1], parts[2], 9, 0, 0, DateTimeKind.Unspecified) : new DateTime(1997, parts[0], parts[1], 9, 0, 0, DateTimeKind.Unspecified);
    }
}
