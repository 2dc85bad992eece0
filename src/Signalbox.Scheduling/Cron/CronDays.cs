namespace Signalbox.Scheduling;

/// <summary>The two day fields of a cron expression together: which days of a month match.</summary>
internal readonly struct CronDays(CronField dayOfMonth, CronField dayOfWeek)
{
    /// <summary>Bit n is set when day n matches.</summary>
    /// <param name="firstWeekday">The weekday of the month's first, Sunday is 0.</param>
    /// <param name="length">How many days the month has.</param>
    public uint MaskOf(int firstWeekday, int length)
    {
        var all = ((1u << length) - 1) << 1;
        var byDate = ByDate(firstWeekday, length);
        var byWeekday = ByWeekday(firstWeekday, length);
        return all & (dayOfMonth.StartsWithStar || dayOfWeek.StartsWithStar ? byDate & byWeekday : byDate | byWeekday);
    }

    private uint ByDate(int firstWeekday, int length)
    {
        var mask = (uint)dayOfMonth.Bits;
        for (var rest = dayOfMonth.DaysBeforeLast; rest != 0; rest &= rest - 1)
        {
            var day = length - System.Numerics.BitOperations.TrailingZeroCount(rest);
            mask |= day > 0 ? 1u << day : 0;
        }

        if (dayOfMonth.LastWorkday)
        {
            mask |= 1u << Workday(length, firstWeekday, length);
        }

        for (var rest = dayOfMonth.NearestWorkdays; rest != 0; rest &= rest - 1)
        {
            var day = System.Numerics.BitOperations.TrailingZeroCount(rest);
            mask |= day <= length ? 1u << Workday(day, firstWeekday, length) : 0;
        }

        return mask;
    }

    private uint ByWeekday(int firstWeekday, int length)
    {
        if (dayOfWeek.Bits == 0x7F)
        {
            return uint.MaxValue;
        }

        var mask = 0u;
        for (var day = 1; day <= length; day++)
        {
            var weekday = (firstWeekday + day - 1) % 7;
            var matches = (dayOfWeek.Bits >> weekday & 1) != 0
                || (dayOfWeek.NthWeekdays >> ((day - 1) / 7 * 7 + weekday) & 1) != 0
                || (day + 7 > length && (dayOfWeek.LastWeekdays >> weekday & 1) != 0);
            mask |= matches ? 1u << day : 0;
        }

        return mask;
    }

    /// <summary>The day from Monday to Friday nearest to a day without leaving the month.</summary>
    private static int Workday(int day, int firstWeekday, int length) => ((firstWeekday + day - 1) % 7) switch
    {
        6 => day == 1 ? 3 : day - 1,
        0 => day == length ? day - 2 : day + 1,
        _ => day,
    };
}
