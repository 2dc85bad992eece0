using System.Globalization;
using System.Numerics;

namespace Signalbox.Scheduling;

/// <summary>Says in English which local times an expression means, with nothing left out.</summary>
internal static class CronDescription
{
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth"];
    private static readonly string[] Weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    public static string Of(CronFields fields, TimeMasks times)
    {
        var days = Days(fields);
        var months = fields.Month.Bits == 0x1FFE ? "" : $" in {List(fields.Month, static (kind, value) => kind.Names[value - 1])}";
        return $"{Times(fields, times)}{days}{months}";
    }

    private static string Times(CronFields fields, TimeMasks times)
    {
        if (times.Count <= 6)
        {
            var all = Enumerable.Range(0, times.Count).Select(index => TimeSpan.FromSeconds(times.At(index)));
            var format = times.Seconds == 1 ? @"hh\:mm" : @"hh\:mm\:ss";
            return $"at {string.Join(", ", all.Select(time => time.ToString(format, CultureInfo.InvariantCulture)))}";
        }

        var second = times.Seconds == 1 ? "" : $"second {List(fields.Second, Number)} of ";
        var minute = fields.Minute.Bits == (1UL << 60) - 1 ? "every minute" : $"minute {List(fields.Minute, Number)}";
        var hour = fields.Hour.Bits == (1UL << 24) - 1 ? "every hour" : $"hour {List(fields.Hour, Number)}";
        return fields.Second.Bits == (1UL << 60) - 1 ? $"every second of {minute} of {hour}" : $"at {second}{minute} of {hour}";
    }

    private static string Days(CronFields fields)
    {
        var byDate = fields.DayOfMonth.Bits == 0xFFFFFFFE ? null : DatesOf(fields.DayOfMonth);
        var byWeekday = fields.DayOfWeek.Bits == 0x7F ? null : WeekdaysOf(fields.DayOfWeek);
        var both = fields.DayOfMonth.StartsWithStar || fields.DayOfWeek.StartsWithStar;
        return (byDate, byWeekday, both) switch
        {
            (null, null, _) => "",
            (null, _, false) or (_, null, false) => "",
            (_, null, _) => $" on {byDate}",
            (null, _, _) => $" on {byWeekday}",
            (_, _, true) => $" on {byDate} that is {byWeekday}",
            _ => $" on {byDate} or {byWeekday}",
        };
    }

    private static string DatesOf(CronField field)
    {
        var parts = new List<string>();
        if (field.Bits != 0)
        {
            parts.Add($"day {List(field, Number)}");
        }

        parts.AddRange(Bits(field.NearestWorkdays).Select(static day => string.Create(CultureInfo.InvariantCulture, $"the workday nearest to day {day}")));
        parts.AddRange(Bits(field.DaysBeforeLast).Select(static before => before switch
        {
            0 => "the last day",
            1 => "the day before the last",
            _ => string.Create(CultureInfo.InvariantCulture, $"{before} days before the last day"),
        }));
        if (field.LastWorkday)
        {
            parts.Add("the last workday");
        }

        return $"{string.Join(" or ", parts)} of the month";
    }

    private static string WeekdaysOf(CronField field)
    {
        var parts = Bits(field.Bits).Select(static day => Weekdays[day]).ToList();
        parts.AddRange(Bits(field.NthWeekdays).Select(bit => $"the {Ordinals[bit / 7]} {Weekdays[bit % 7]} of the month"));
        parts.AddRange(Bits(field.LastWeekdays).Select(static day => $"the last {Weekdays[day]} of the month"));
        return string.Join(" or ", parts);
    }

    private static string List(CronField field, Func<CronFieldKind, int, string> nameOf) => string.Join(", ", Bits(field.Bits).Select(value => nameOf(field.Kind, value)));

    private static string Number(CronFieldKind kind, int value) => value.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<int> Bits(ulong mask)
    {
        for (; mask != 0; mask &= mask - 1)
        {
            yield return BitOperations.TrailingZeroCount(mask);
        }
    }
}
