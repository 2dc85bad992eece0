using System.Numerics;

namespace Signalbox.Scheduling;

/// <summary>Times of a day as three sets of bits; every combination of hour, minute and second is a member.</summary>
internal readonly record struct TimeMasks(uint Hours, ulong Minutes, ulong Seconds)
{
    /// <summary>How many times there are in a day.</summary>
    public int Count => BitOperations.PopCount(Hours) * BitOperations.PopCount(Minutes) * BitOperations.PopCount(Seconds);

    /// <summary>The first member at or after a second of the day, or −1.</summary>
    public int NextAtOrAfter(int secondOfDay)
    {
        var hour = secondOfDay / 3600;
        var minute = secondOfDay / 60 % 60;
        var second = Next(Seconds, secondOfDay % 60);
        if (second < 0)
        {
            minute++;
            second = BitOperations.TrailingZeroCount(Seconds);
        }

        var atMinute = Next(Minutes, minute);
        if (atMinute < 0)
        {
            hour++;
        }

        var atHour = Next(Hours, hour);
        if (atHour < 0)
        {
            return -1;
        }

        if (atHour != secondOfDay / 3600)
        {
            return (atHour * 3600) + (BitOperations.TrailingZeroCount(Minutes) * 60) + BitOperations.TrailingZeroCount(Seconds);
        }

        return (atHour * 3600) + (atMinute * 60) + (atMinute == secondOfDay / 60 % 60 ? second : BitOperations.TrailingZeroCount(Seconds));
    }

    /// <summary>The member with a 0-based place in the day's order.</summary>
    public int At(int index)
    {
        var seconds = BitOperations.PopCount(Seconds);
        var minutes = BitOperations.PopCount(Minutes);
        return (Nth(Hours, index / (minutes * seconds)) * 3600) + (Nth(Minutes, index / seconds % minutes) * 60) + Nth(Seconds, index % seconds);
    }

    /// <summary>How many members lie before a second of the day (0 – 86,400).</summary>
    public int CountBefore(int secondOfDay)
    {
        var seconds = BitOperations.PopCount(Seconds);
        var minutes = BitOperations.PopCount(Minutes);
        var hour = secondOfDay / 3600;
        var minute = secondOfDay / 60 % 60;
        var count = Below(Hours, hour) * minutes * seconds;
        if (hour < 24 && (Hours >> hour & 1) != 0)
        {
            count += Below(Minutes, minute) * seconds;
            count += (Minutes >> minute & 1) != 0 ? Below(Seconds, secondOfDay % 60) : 0;
        }

        return count;
    }

    private static int Below(ulong mask, int end) => BitOperations.PopCount(mask & ((1UL << end) - 1));

    private static int Next(ulong mask, int from)
    {
        var rest = from > 63 ? 0 : mask >> from << from;
        return rest == 0 ? -1 : BitOperations.TrailingZeroCount(rest);
    }

    private static int Nth(ulong mask, int index)
    {
        for (; index > 0; index--)
        {
            mask &= mask - 1;
        }

        return BitOperations.TrailingZeroCount(mask);
    }
}
