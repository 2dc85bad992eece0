namespace Signalbox.Scheduling;

/// <summary>What is known of a field before it is read.</summary>
/// <param name="Name">As messages call it.</param>
/// <param name="Names">Names of the values from <paramref name="FirstNamed"/> on.</param>
/// <param name="HashMax">The largest value that a bare <c>H</c> chooses.</param>
internal sealed record CronFieldKind(string Name, int Min, int Max, string[] Names, int FirstNamed, int HashMax)
{
    public static readonly CronFieldKind Second = new("second", 0, 59, [], 0, 59);

    public static readonly CronFieldKind Minute = new("minute", 0, 59, [], 0, 59);

    public static readonly CronFieldKind Hour = new("hour", 0, 23, [], 0, 23);

    /// <summary>A bare <c>H</c> keeps to the days that every month has.</summary>
    public static readonly CronFieldKind DayOfMonth = new("day-of-month", 1, 31, [], 0, 28);

    public static readonly CronFieldKind Month =
        new("month", 1, 12, ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"], 1, 12);

    public static readonly CronFieldKind DayOfWeek = new("day-of-week", 0, 6, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"], 0, 6);

    public bool IsDay => this == DayOfMonth || this == DayOfWeek;

    /// <summary>The largest number that may be written; 7 is Sunday too.</summary>
    public int MaxWritten => this == DayOfWeek ? 7 : Max;

    public int Size => Max - Min + 1;
}
