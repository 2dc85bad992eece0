namespace Signalbox.Scheduling;

/// <summary>Which days a recurrence rule allows; what the rule leaves open comes from its start.</summary>
internal readonly struct RecurrenceDays
{
    private readonly RecurrenceRule _rule;
    private readonly uint _months;
    private readonly uint _monthDays;
    private readonly uint _weekdays;
    private readonly bool _namesADay;

    public RecurrenceDays(RecurrenceRule rule, DateOnly start)
    {
        _rule = rule;
        _months = rule.Months;
        _monthDays = rule.MonthDays;
        _weekdays = rule.Weekdays;
        _namesADay = true;
        if (!rule.NamesADay)
        {
            switch (rule.Frequency)
            {
                case RecurrenceFrequency.Yearly when rule.Weeks.Length > 0:
                case RecurrenceFrequency.Weekly:
                    _weekdays = 1u << (int)start.DayOfWeek;
                    break;
                case RecurrenceFrequency.Yearly:
                    _months = rule.Months != 0 ? rule.Months : 1u << start.Month;
                    _monthDays = 1u << start.Day;
                    break;
                case RecurrenceFrequency.Monthly:
                    _monthDays = 1u << start.Day;
                    break;
                default:
                    _namesADay = false;
                    break;
            }
        }
    }

    public bool Matches(int dayNumber)
    {
        var date = DateOnly.FromDayNumber(dayNumber);
        if (_months != 0 && (_months >> date.Month & 1) == 0)
        {
            return false;
        }

        return !_namesADay || (MatchesMonthDay(date) && MatchesWeekday(date) && MatchesYearDay(date) && MatchesWeek(date));
    }

    private bool MatchesMonthDay(DateOnly date)
    {
        if (_monthDays == 0 && _rule.MonthDaysFromEnd == 0)
        {
            return true;
        }

        var fromEnd = DateTime.DaysInMonth(date.Year, date.Month) - date.Day + 1;
        return (_monthDays >> date.Day & 1) != 0 || (_rule.MonthDaysFromEnd >> fromEnd & 1) != 0;
    }

    private bool MatchesWeekday(DateOnly date)
    {
        if ((_weekdays == 0 && _rule.NthWeekdays.Length == 0) || (_weekdays >> (int)date.DayOfWeek & 1) != 0)
        {
            return true;
        }

        foreach (var (nth, weekday) in _rule.NthWeekdays)
        {
            if (weekday == (int)date.DayOfWeek && nth == (nth > 0 ? PlaceFromStart(date) : -PlaceFromEnd(date)))
            {
                return true;
            }
        }

        return false;
    }

    private bool CountsInMonth => _rule.Frequency == RecurrenceFrequency.Monthly || _rule.Months != 0;

    private int PlaceFromStart(DateOnly date) => (((CountsInMonth ? date.Day : date.DayOfYear) - 1) / 7) + 1;

    private int PlaceFromEnd(DateOnly date) =>
        ((CountsInMonth ? DateTime.DaysInMonth(date.Year, date.Month) - date.Day : DaysIn(date.Year) - date.DayOfYear) / 7) + 1;

    private bool MatchesYearDay(DateOnly date) =>
        _rule.YearDays.Length == 0
        || Array.BinarySearch(_rule.YearDays, date.DayOfYear) >= 0
        || Array.BinarySearch(_rule.YearDays, date.DayOfYear - DaysIn(date.Year) - 1) >= 0;

    /// <summary>A week belongs to the year that has its fourth day.</summary>
    private bool MatchesWeek(DateOnly date)
    {
        if (_rule.Weeks.Length == 0)
        {
            return true;
        }

        var fourth = date.DayNumber - (((int)date.DayOfWeek - _rule.WeekStart + 7) % 7) + 3;
        var fourthDay = DateOnly.FromDayNumber(fourth);
        var week = ((fourthDay.DayOfYear - 1) / 7) + 1;
        var weeks = week + ((DaysIn(fourthDay.Year) - fourthDay.DayOfYear) / 7);
        return Array.BinarySearch(_rule.Weeks, week) >= 0 || Array.BinarySearch(_rule.Weeks, week - weeks - 1) >= 0;
    }

    private static int DaysIn(int year) => DateTime.IsLeapYear(year) ? 366 : 365;
}
