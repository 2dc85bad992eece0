using System.Globalization;

namespace Signalbox.Scheduling;

/// <summary>A yearly date of a <see cref="PosixRule"/>, with a time that may lie before or after that day.</summary>
/// <param name="Month">1 to 12 for <c>Mm.w.d</c>; 0 when <paramref name="Day"/> counts from the year's begin.</param>
/// <param name="Week">1 to 5, where 5 is the last.</param>
/// <param name="Day">The weekday from 0 for Sunday, or the number of days after the year's first.</param>
/// <param name="SkipsLeapDay">29 February is not counted (<c>Jn</c>).</param>
/// <param name="Time">Seconds after midnight, from −167 to 167 hours.</param>
internal readonly record struct PosixDate(int Month, int Week, int Day, bool SkipsLeapDay, int Time)
{
    /// <exception cref="FormatException">The text is not such a date.</exception>
    public static PosixDate Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (date, at) = (slash < 0 ? text : text[..slash], slash + 1);
        var time = slash < 0 ? 2 * 3600 : PosixRule.ReadTime(text, ref at);
        if (date.StartsWith('M'))
        {
            var parts = date[1..].Split('.');
            return parts.Length == 3
                ? new PosixDate(Number(parts[0], 1, 12), Number(parts[1], 1, 5), Number(parts[2], 0, 6), false, time)
                : throw new FormatException($"'{text}' is not a date.");
        }

        return date.StartsWith('J') ? new PosixDate(0, 0, Number(date[1..], 1, 365) - 1, true, time) : new PosixDate(0, 0, Number(date, 0, 365), false, time);
    }

    /// <summary>The local second at which the date and time come in a year.</summary>
    public long In(int year) => ((long)DayIn(year) * LocalTime.SecondsPerDay) + Time;

    private int DayIn(int year)
    {
        if (Month == 0)
        {
            var leap = SkipsLeapDay && DateTime.IsLeapYear(year) && Day >= 59 ? 1 : 0;
            return new DateOnly(year, 1, 1).DayNumber + Day + leap;
        }

        var first = new DateOnly(year, Month, 1).DayNumber;
        var day = first + ((Day - LocalTime.WeekdayOf(first) + 7) % 7) + (7 * (Week - 1));
        return day >= first + DateTime.DaysInMonth(year, Month) ? day - 7 : day;
    }

    private static int Number(string text, int min, int max)
    {
        var number = int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        return number >= min && number <= max ? number : throw new FormatException($"'{text}' is not from {min} to {max}.");
    }
}
