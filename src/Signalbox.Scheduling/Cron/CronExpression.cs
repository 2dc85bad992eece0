using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Signalbox.Scheduling;

/// <summary>A cron expression of five or six fields: a set of local times.</summary>
/// <remarks>
/// Fields: [second] minute hour day-of-month month day-of-week. When both day fields are restricted a day matches if either does, as in Vixie cron.
/// Source: https://man7.org/linux/man-pages/man5/crontab.5.html
/// </remarks>
public sealed class CronExpression : ILocalPattern, IEquatable<CronExpression>
{
    private readonly CronFields _fields;
    private readonly TimeMasks _times;
    private readonly CronDays _days;

    internal CronExpression(CronFields fields)
    {
        _fields = fields;
        _times = new TimeMasks((uint)fields.Hour.Bits, fields.Minute.Bits, fields.Second.Bits);
        _days = new CronDays(fields.DayOfMonth, fields.DayOfWeek);
    }

    /// <summary>True when hours and minutes are plain numbers or lists of them; see <see cref="DstOverlap.Auto"/>.</summary>
    public bool HasFixedTimes => _fields.Minute.IsPlain && _fields.Hour.IsPlain;

    long ILocalPattern.UntilUtc => LocalTime.None;

    /// <summary>Reads an expression; each character that is not understood is refused with its position.</summary>
    /// <param name="hashSeed">What <c>H</c> is spread by, such as the job's id: the same seed always gives the same times.</param>
    public static bool TryParse(string text, string hashSeed, [NotNullWhen(true)] out CronExpression? expression, [NotNullWhen(false)] out ScheduleError? error)
    {
        expression = null;
        if (!CronParser.TryParse(text, hashSeed, out var fields, out error))
        {
            return false;
        }

        var found = new CronExpression(fields);
        if (((ILocalPattern)found).NextAtOrAfter(0) == LocalTime.None)
        {
            error = new ScheduleError("No calendar has such a day: day-of-month and month never meet.", fields.DayOfMonth.Position);
            return false;
        }

        expression = found;
        return true;
    }

    /// <summary>The expression in its shortest regular form: numbers for names, one space between fields, no field of seconds when that is 0.</summary>
    public override string ToString() => _fields.ToString();

    /// <summary>One English line that says exactly which local times are meant, with <c>H</c> resolved.</summary>
    public string Describe() => CronDescription.Of(_fields, _times);

    public bool Equals(CronExpression? other) => other is not null && ToString() == other.ToString() && _times == other._times && Describe() == other.Describe();

    public override bool Equals(object? obj) => Equals(obj as CronExpression);

    public override int GetHashCode() => HashCode.Combine(_times, _fields.Month.Bits, _fields.DayOfMonth.Bits, _fields.DayOfWeek.Bits);

    long ILocalPattern.NextAtOrAfter(long localSeconds)
    {
        if (localSeconds >= LocalTime.End)
        {
            return LocalTime.None;
        }

        var date = DateOnly.FromDayNumber((int)(localSeconds / LocalTime.SecondsPerDay));
        var (year, month, day) = (date.Year, date.Month, date.Day);
        if (IsMonth(month) && (DaysOf(year, month) >> day & 1) != 0)
        {
            var time = _times.NextAtOrAfter((int)(localSeconds % LocalTime.SecondsPerDay));
            if (time >= 0)
            {
                return localSeconds - (localSeconds % LocalTime.SecondsPerDay) + time;
            }
        }

        return FirstFrom(year, month, day + 1);
    }

    long ILocalPattern.CountBetween(long from, long until)
    {
        until = Math.Min(until, LocalTime.End);
        if (from >= until)
        {
            return 0;
        }

        var (firstDay, lastDay) = ((int)(from / LocalTime.SecondsPerDay), (int)(until / LocalTime.SecondsPerDay));
        var count = DaysBetween(firstDay, lastDay) * _times.Count;
        count -= IsDay(firstDay) ? _times.CountBefore((int)(from % LocalTime.SecondsPerDay)) : 0;
        return count + (lastDay <= LocalTime.LastDay && IsDay(lastDay) ? _times.CountBefore((int)(until % LocalTime.SecondsPerDay)) : 0);
    }

    private bool IsMonth(int month) => (_fields.Month.Bits >> month & 1) != 0;

    private uint DaysOf(int year, int month)
    {
        var first = new DateOnly(year, month, 1);
        return _days.Of(LocalTime.WeekdayOf(first.DayNumber), DateTime.DaysInMonth(year, month));
    }

    private bool IsDay(int dayNumber)
    {
        var date = DateOnly.FromDayNumber(dayNumber);
        return IsMonth(date.Month) && (DaysOf(date.Year, date.Month) >> date.Day & 1) != 0;
    }

    private long DaysBetween(int firstDay, int endDay)
    {
        var (date, end) = (DateOnly.FromDayNumber(firstDay), DateOnly.FromDayNumber(Math.Min(endDay, LocalTime.LastDay + 1)));
        var days = 0L;
        for (var month = new DateOnly(date.Year, date.Month, 1); month < end; month = month.AddMonths(1))
        {
            var mask = IsMonth(month.Month) ? DaysOf(month.Year, month.Month) : 0;
            mask = month < date ? mask >> date.Day << date.Day : mask;
            mask = month.Year == end.Year && month.Month == end.Month ? mask & ((1u << end.Day) - 1) : mask;
            days += BitOperations.PopCount(mask);
        }

        return days;
    }

    /// <summary>The first time of the first matching day from a day of a month on; the calendar repeats after 400 years, so what is not found by then does not exist.</summary>
    private long FirstFrom(int year, int month, int day)
    {
        for (var months = 0; months <= 4800 && year <= LocalTime.LastYear; months++)
        {
            var mask = IsMonth(month) && day < 32 ? DaysOf(year, month) >> day << day : 0;
            if (mask != 0)
            {
                var date = new DateOnly(year, month, BitOperations.TrailingZeroCount(mask));
                return ((long)date.DayNumber * LocalTime.SecondsPerDay) + _times.At(0);
            }

            day = 1;
            (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1);
        }

        return LocalTime.None;
    }
}
