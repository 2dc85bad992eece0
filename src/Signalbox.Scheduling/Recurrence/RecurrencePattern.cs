namespace Signalbox.Scheduling;

/// <summary>The local times of a recurrence rule from its start on, reached by arithmetic from any time.</summary>
/// <remarks>
/// A search gives up after <see cref="MaxSteps"/> days or jumps: with an interval of 1 that is more than the 400 years after which the calendar repeats,
/// so that rules without occurrences end instead of looping.
/// </remarks>
internal sealed class RecurrencePattern : ILocalPattern, IEquatable<RecurrencePattern>
{
    private const int MaxSteps = 150_000;

    private readonly RecurrenceRule _rule;
    private readonly long _start;
    private readonly DateOnly _startDate;
    private readonly RecurrenceDays _days;
    private readonly TimeMasks _times;
    private readonly Lazy<long> _last;

    public RecurrencePattern(RecurrenceRule rule, long start)
    {
        _rule = rule;
        _start = start;
        _startDate = DateOnly.FromDayNumber((int)(start / LocalTime.SecondsPerDay));
        _days = new RecurrenceDays(rule, _startDate);
        var clock = TimeSpan.FromSeconds(start % LocalTime.SecondsPerDay);
        var unit = rule.Frequency;
        _times = new TimeMasks(
            rule.Hours != 0 ? rule.Hours : unit <= RecurrenceFrequency.Hourly ? (1u << 24) - 1 : 1u << clock.Hours,
            rule.Minutes != 0 ? rule.Minutes : unit <= RecurrenceFrequency.Minutely ? (1UL << 60) - 1 : 1UL << clock.Minutes,
            rule.Seconds != 0 ? rule.Seconds : unit == RecurrenceFrequency.Secondly ? (1UL << 60) - 1 : 1UL << clock.Seconds);
        _last = new Lazy<long>(FindLast);
    }

    public bool HasFixedTimes => _rule.Frequency >= RecurrenceFrequency.Daily;

    public long UntilUtc => _rule.UntilUtc;

    private int UnitSeconds => _rule.Frequency switch
    {
        RecurrenceFrequency.Hourly => 3600,
        RecurrenceFrequency.Minutely => 60,
        _ => 1,
    };

    public long NextAtOrAfter(long localSeconds)
    {
        var found = localSeconds > _last.Value ? LocalTime.None : Find(Math.Max(localSeconds, _start));
        return found > _last.Value ? LocalTime.None : found;
    }

    public long CountBetween(long from, long until)
    {
        var count = 0L;
        for (var local = NextAtOrAfter(from); local < until; local = NextAtOrAfter(local + 1))
        {
            count++;
        }

        return count;
    }

    public bool Equals(RecurrencePattern? other) => other is not null && _start == other._start && _rule.Equals(other._rule);

    public override bool Equals(object? obj) => Equals(obj as RecurrencePattern);

    public override int GetHashCode() => HashCode.Combine(_start, _rule);

    /// <summary>The last local second that COUNT and UNTIL allow.</summary>
    private long FindLast()
    {
        if (_rule.Count is not { } count)
        {
            return Math.Min(_rule.UntilLocal, LocalTime.End);
        }

        var last = _start - 1;
        for (; count > 0; count--)
        {
            var next = Find(last + 1);
            if (next == LocalTime.None)
            {
                break;
            }

            last = next;
        }

        return last;
    }

    private long Find(long local) => local >= LocalTime.End ? LocalTime.None : _rule.Frequency >= RecurrenceFrequency.Daily ? FindByDays(local) : FindByUnits(local);

    private long FindByDays(long local)
    {
        var steps = 0;
        for (var period = PeriodOf((int)(local / LocalTime.SecondsPerDay)); steps < MaxSteps; period++)
        {
            var (first, end) = DaysOf(period);
            if (first > LocalTime.LastDay)
            {
                return LocalTime.None;
            }

            var found = _rule.Positions.Length == 0 ? FirstIn(first, end, local, ref steps) : ChosenIn(first, end, local, ref steps);
            if (found != LocalTime.None)
            {
                return found < LocalTime.End ? found : LocalTime.None;
            }

            steps++;
        }

        return LocalTime.None;
    }

    private long PeriodOf(int dayNumber)
    {
        var date = DateOnly.FromDayNumber(dayNumber);
        var units = _rule.Frequency switch
        {
            RecurrenceFrequency.Yearly => date.Year - _startDate.Year,
            RecurrenceFrequency.Monthly => ((date.Year - _startDate.Year) * 12) + date.Month - _startDate.Month,
            RecurrenceFrequency.Weekly => (dayNumber - FirstWeekStart) / 7,
            _ => dayNumber - _startDate.DayNumber,
        };
        return units / _rule.Interval;
    }

    /// <summary>The first day of the week in which the start lies; may lie before the calendar's first day.</summary>
    private int FirstWeekStart => _startDate.DayNumber - (((int)_startDate.DayOfWeek - _rule.WeekStart + 7) % 7);

    /// <summary>First day of a period and the first day after it.</summary>
    private (int First, int End) DaysOf(long period)
    {
        var units = period * _rule.Interval;
        switch (_rule.Frequency)
        {
            case RecurrenceFrequency.Yearly:
                var year = _startDate.Year + units;
                return year > LocalTime.LastYear ? (int.MaxValue, 0) : (new DateOnly((int)year, 1, 1).DayNumber, new DateOnly((int)year, 12, 31).DayNumber + 1);
            case RecurrenceFrequency.Monthly:
                var months = (_startDate.Year * 12L) + _startDate.Month - 1 + units;
                if (months / 12 > LocalTime.LastYear)
                {
                    return (int.MaxValue, 0);
                }

                var first = new DateOnly((int)(months / 12), (int)(months % 12) + 1, 1);
                return (first.DayNumber, first.DayNumber + DateTime.DaysInMonth(first.Year, first.Month));
            case RecurrenceFrequency.Weekly:
                var week = FirstWeekStart + (units * 7);
                return week > LocalTime.LastDay ? (int.MaxValue, 0) : (Math.Max(0, (int)week), (int)week + 7);
            default:
                var day = _startDate.DayNumber + units;
                return day > LocalTime.LastDay ? (int.MaxValue, 0) : ((int)day, (int)day + 1);
        }
    }

    private long FirstIn(int first, int end, long local, ref int steps)
    {
        var localDay = (int)(local / LocalTime.SecondsPerDay);
        for (var day = Math.Max(first, localDay); day < end && day <= LocalTime.LastDay; day++)
        {
            steps++;
            var time = _days.Matches(day) ? _times.NextAtOrAfter(day == localDay ? (int)(local % LocalTime.SecondsPerDay) : 0) : -1;
            if (time >= 0)
            {
                return ((long)day * LocalTime.SecondsPerDay) + time;
            }
        }

        return LocalTime.None;
    }

    /// <summary>The first of the places of BYSETPOS in a period that is not before a local second.</summary>
    private long ChosenIn(int first, int end, long local, ref int steps)
    {
        Span<int> days = stackalloc int[366];
        var count = 0;
        for (var day = first; day < end && day <= LocalTime.LastDay; day++)
        {
            steps++;
            if (_days.Matches(day))
            {
                days[count++] = day;
            }
        }

        var perDay = _times.Count;
        var chosen = LocalTime.None;
        foreach (var position in _rule.Positions)
        {
            var index = position > 0 ? position - 1 : ((long)count * perDay) + position;
            if (index >= 0 && index < (long)count * perDay)
            {
                var found = ((long)days[(int)(index / perDay)] * LocalTime.SecondsPerDay) + _times.At((int)(index % perDay));
                chosen = found >= local ? Math.Min(chosen, found) : chosen;
            }
        }

        return chosen;
    }

    /// <summary>Rules that count hours, minutes or seconds jump from the field that does not match to the next time at which it does.</summary>
    private long FindByUnits(long local)
    {
        var unit = UnitSeconds;
        var stride = (long)unit * _rule.Interval;
        var origin = _start - (_start % unit);
        var period = (local - origin) / stride;
        for (var steps = 0; steps < MaxSteps; steps++)
        {
            var at = origin + (period * stride);
            if (at >= LocalTime.End)
            {
                return LocalTime.None;
            }

            var resume = ResumeAt(at);
            if (resume == at)
            {
                var found = InUnit(at, unit, local);
                if (found != LocalTime.None)
                {
                    return found;
                }

                resume = at + 1;
            }

            period = (resume - origin + stride - 1) / stride;
        }

        return LocalTime.None;
    }

    /// <summary>The given time when its unit may have members, otherwise the first later time at which that is worth asking again.</summary>
    private long ResumeAt(long at)
    {
        var day = (int)(at / LocalTime.SecondsPerDay);
        var dayStart = (long)day * LocalTime.SecondsPerDay;
        if (!_days.Matches(day))
        {
            return dayStart + LocalTime.SecondsPerDay;
        }

        var masks = new TimeMasks(
            _times.Hours,
            _rule.Frequency <= RecurrenceFrequency.Minutely ? _times.Minutes : (1UL << 60) - 1,
            _rule.Frequency == RecurrenceFrequency.Secondly ? _times.Seconds : (1UL << 60) - 1);
        var time = masks.NextAtOrAfter((int)(at - dayStart));
        return time < 0 ? dayStart + LocalTime.SecondsPerDay : dayStart + time;
    }

    private long InUnit(long at, int unit, long local)
    {
        var dayStart = at - (at % LocalTime.SecondsPerDay);
        if (_rule.Positions.Length == 0)
        {
            var time = _times.NextAtOrAfter((int)(Math.Max(at, local) - dayStart));
            return time >= 0 && dayStart + time < at + unit && local < at + unit ? dayStart + time : LocalTime.None;
        }

        var second = (int)(at - dayStart);
        var before = _times.CountBefore(second);
        var count = _times.CountBefore(second + unit) - before;
        var chosen = LocalTime.None;
        foreach (var position in _rule.Positions)
        {
            var index = position > 0 ? position - 1 : count + position;
            if (index >= 0 && index < count)
            {
                var found = dayStart + _times.At(before + index);
                chosen = found >= local ? Math.Min(chosen, found) : chosen;
            }
        }

        return chosen;
    }
}
