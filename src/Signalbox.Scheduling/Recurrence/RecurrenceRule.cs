using System.Diagnostics.CodeAnalysis;

namespace Signalbox.Scheduling;

/// <summary>An RFC 5545 recurrence rule, read and checked.</summary>
/// <remarks>Everything of the RFC but leap seconds; what RFC 7529 adds is refused. Source: https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10</remarks>
public sealed class RecurrenceRule : IEquatable<RecurrenceRule>
{
    internal RecurrenceRule()
    {
    }

    public required RecurrenceFrequency Frequency { get; init; }

    /// <summary>Every how many units of <see cref="Frequency"/>; at least 1.</summary>
    public int Interval { get; internal set; } = 1;

    /// <summary>After how many occurrences the rule ends; null for never.</summary>
    public int? Count { get; internal set; }

    /// <summary>The last local second that may occur, when UNTIL is a date or a local time.</summary>
    internal long UntilLocal { get; set; } = LocalTime.None;

    /// <summary>The last UTC second that may occur, when UNTIL ends with Z.</summary>
    internal long UntilUtc { get; set; } = LocalTime.None;

    internal uint Months { get; set; }

    /// <summary>Bit n is set for day n of the month.</summary>
    internal uint MonthDays { get; set; }

    /// <summary>Bit n is set for the n-th last day of the month.</summary>
    internal uint MonthDaysFromEnd { get; set; }

    internal int[] YearDays { get; set; } = [];

    internal int[] Weeks { get; set; } = [];

    /// <summary>Bit d is set for every weekday d, Sunday is 0.</summary>
    internal uint Weekdays { get; set; }

    internal (int Nth, int Weekday)[] NthWeekdays { get; set; } = [];

    internal uint Hours { get; set; }

    internal ulong Minutes { get; set; }

    internal ulong Seconds { get; set; }

    internal int[] Positions { get; set; } = [];

    /// <summary>WKST; Sunday is 0.</summary>
    internal int WeekStart { get; set; } = 1;

    internal string Text { get; set; } = "";

    internal bool NamesADay =>
        MonthDays != 0 || MonthDaysFromEnd != 0 || YearDays.Length > 0 || Weekdays != 0 || NthWeekdays.Length > 0;

    /// <summary>Reads a rule such as <c>FREQ=MONTHLY;BYDAY=-1FR</c>, with or without <c>RRULE:</c> before it; what is not understood is refused with its position.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RecurrenceRule? rule, [NotNullWhen(false)] out ScheduleError? error)
    {
        try
        {
            rule = RecurrenceParser.Parse(text);
            error = null;
            return true;
        }
        catch (ScheduleSyntaxException exception)
        {
            rule = null;
            error = exception.Error;
            return false;
        }
    }

    /// <summary>The rule in capitals, FREQ first, without <c>RRULE:</c>.</summary>
    public override string ToString() => Text;

    public bool Equals(RecurrenceRule? other) => other is not null && Text == other.Text;

    public override bool Equals(object? obj) => Equals(obj as RecurrenceRule);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}
