using System.Numerics;

namespace Signalbox.Scheduling;

/// <summary>The two day fields of a cron expression together: which days of a month match.</summary>
/// <remarks>A month is one of 28 kinds, by its length and the weekday of its first; each kind is worked out once.</remarks>
internal sealed class CronDays
{
    private const int Shortest = 28;
    private const int Kinds = 28;

    private readonly uint[] _masks = new uint[Kinds];
    private readonly CronField _dayOfMonth;
    private readonly CronField _dayOfWeek;

    public CronDays(CronField dayOfMonth, CronField dayOfWeek)
    {
        _dayOfMonth = dayOfMonth;
        _dayOfWeek = dayOfWeek;
        for (var kind = 0; kind < Kinds; kind++)
        {
            _masks[kind] = WorkOut(kind % 7, Shortest + (kind / 7));
        }
    }

    /// <summary>Bit n is set when day n matches.</summary>
    /// <param name="firstWeekday">The weekday of the month's first, Sunday is 0.</param>
    /// <param name="length">How many days the month has.</param>
    public uint Of(int firstWeekday, int length) => _masks[((length - Shortest) * 7) + firstWeekday];

    private uint WorkOut(int firstWeekday, int length)
    {
        var all = (uint)((1UL << length) - 1) << 1;
        var byDate = ByDate(firstWeekday, length);
        var byWeekday = ByWeekday(firstWeekday, length);
        return all & (_dayOfMonth.StartsWithStar || _dayOfWeek.StartsWithStar ? byDate & byWeekday : byDate | byWeekday);
    }

    private uint ByDate(int firstWeekday, int length)
    {
        var mask = (uint)_dayOfMonth.Bits;
        for (var rest = _dayOfMonth.DaysBeforeLast; rest != 0; rest &= rest - 1)
        {
            var day = length - BitOperations.TrailingZeroCount(rest);
            mask |= day > 0 ? 1u << day : 0;
        }

        if (_dayOfMonth.LastWorkday)
        {
            mask |= 1u << Workday(length, firstWeekday, length);
        }

        for (var rest = _dayOfMonth.NearestWorkdays; rest != 0; rest &= rest - 1)
        {
            var day = BitOperations.TrailingZeroCount(rest);
            mask |= day <= length ? 1u << Workday(day, firstWeekday, length) : 0;
        }

        return mask;
    }

    private uint ByWeekday(int firstWeekday, int length)
    {
        var mask = 0u;
        for (var day = 1; day <= length; day++)
        {
            var weekday = (firstWeekday + day - 1) % 7;
            var matches = (_dayOfWeek.Bits >> weekday & 1) != 0
                || (_dayOfWeek.NthWeekdays >> (((day - 1) / 7 * 7) + weekday) & 1) != 0
                || (day + 7 > length && (_dayOfWeek.LastWeekdays >> weekday & 1) != 0);
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
