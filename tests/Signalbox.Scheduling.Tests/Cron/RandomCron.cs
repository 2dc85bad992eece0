using System.Globalization;
using NodaTime;

namespace Signalbox.Scheduling.Tests.Cron;

/// <summary>A random expression and, made beside it without reading the text, what it means.</summary>
/// <param name="IsFixed">Hours and minutes are plain numbers.</param>
internal sealed record RandomCron(string Text, Func<LocalDateTime, bool> Matches, bool IsFixed)
{
    private const int Tries = 200;

    /// <summary>Makes an expression that some calendar can meet.</summary>
    public static RandomCron Make(Random random, bool withSeconds)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var second = withSeconds ? Field(random, 0, 59, 50) : ("0", static value => value == 0, true);
            var minute = Field(random, 0, 59, withSeconds ? 30 : 50);
            var hour = Field(random, 0, 23, 60);
            var month = random.Next(4) == 0 ? Field(random, 1, 12, 20) : ("*", static _ => true, false);
            var (dayText, day) = DayOfMonth(random);
            var (weekdayText, weekday) = DayOfWeek(random);
            var both = dayText[0] is '*' or '?' || weekdayText[0] is '*' or '?';
            var text = $"{(withSeconds ? second.Text + " " : "")}{minute.Text} {hour.Text} {dayText} {month.Text} {weekdayText}";
            if (CronExpression.TryParse(text, "job", out _, out _))
            {
                return new RandomCron(
                    text,
                    time => second.Test(time.Second) && minute.Test(time.Minute) && hour.Test(time.Hour) && month.Test(time.Month)
                        && (both ? day(time) && weekday(time) : day(time) || weekday(time)),
                    minute.IsPlain && hour.IsPlain);
            }
        }

        throw new InvalidOperationException("No possible expression came up.");
    }

    private static (string Text, Func<int, bool> Test, bool IsPlain) Field(Random random, int min, int max, int percentStar)
    {
        if (random.Next(100) < percentStar)
        {
            var step = random.Next(2) == 0 ? 1 : random.Next(1, max - min + 2);
            return (step == 1 ? "*" : $"*/{step}", value => (value - min) % step == 0, false);
        }

        var items = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Item(random, min, max)).ToList();
        return (string.Join(',', items.Select(static item => item.Text)), value => items.Exists(item => item.Test(value)), items.TrueForAll(static item => item.IsPlain));
    }

    private static (string Text, Func<int, bool> Test, bool IsPlain) Item(Random random, int min, int max)
    {
        var (from, to, step) = (random.Next(min, max + 1), random.Next(min, max + 1), random.Next(1, max - min + 2));
        bool InRange(int value) => from <= to ? value >= from && value <= to : value >= from || value <= to;
        int Distance(int value) => value >= from ? value - from : value - from + max - min + 1;
        return random.Next(4) switch
        {
            0 => ($"{from}-{to}", InRange, false),
            1 => ($"{from}-{to}/{step}", value => InRange(value) && Distance(value) % step == 0, false),
            2 => ($"{from}/{step}", value => value >= from && (value - from) % step == 0, false),
            _ => (from.ToString(CultureInfo.InvariantCulture), value => value == from, true),
        };
    }

    private static (string Text, Func<LocalDateTime, bool> Test) DayOfMonth(Random random)
    {
        var number = random.Next(1, 32);
        switch (random.Next(8))
        {
            case 0:
                return ("L", static time => time.Day == Length(time));
            case 1:
                return ($"L-{number % 10}", time => time.Day == Length(time) - (number % 10));
            case 2:
                return ("LW", static time => IsWorkday(time.Date) && Enumerable.Range(time.Day + 1, Length(time) - time.Day).All(day => !IsWorkday(OfMonth(time, day))));
            case 3:
                return ($"{number}W", time => number <= Length(time) && time.Date == Nearest(OfMonth(time, number)));
            case 4:
                var field = Field(random, 1, 31, 10);
                return (field.Text, time => field.Test(time.Day));
            default:
                return (random.Next(2) == 0 ? "*" : "?", static _ => true);
        }
    }

    private static (string Text, Func<LocalDateTime, bool> Test) DayOfWeek(Random random)
    {
        string[] names = ["SUN", "mon", "TUE", "3", "THU", "5", "Sat"];
        var (weekday, nth) = (random.Next(7), random.Next(1, 6));
        switch (random.Next(7))
        {
            case 0:
                return ($"{names[weekday]}#{nth}", time => Weekday(time) == weekday && ((time.Day - 1) / 7) + 1 == nth);
            case 1:
                return ($"{names[weekday]}L", time => Weekday(time) == weekday && time.Day > Length(time) - 7);
            case 2:
                var field = Field(random, 0, 6, 10);
                return (field.Text, time => field.Test(Weekday(time)));
            case 3:
                return ("7", static time => Weekday(time) == 0);
            default:
                return (random.Next(2) == 0 ? "*" : "?", static _ => true);
        }
    }

    private static int Length(LocalDateTime time) => CalendarSystem.Iso.GetDaysInMonth(time.Year, time.Month);

    private static int Weekday(LocalDateTime time) => (int)time.DayOfWeek % 7;

    private static LocalDate OfMonth(LocalDateTime time, int day) => new(time.Year, time.Month, day);

    private static bool IsWorkday(LocalDate date) => date.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday);

    /// <summary>Of the workdays of the same month the nearest; no two are equally near.</summary>
    private static LocalDate Nearest(LocalDate date) => Enumerable.Range(-3, 7)
        .Select(days => date.PlusDays(days))
        .Where(day => day.Month == date.Month && IsWorkday(day))
        .MinBy(day => Math.Abs(Period.DaysBetween(date, day)));
}
