namespace Signalbox.Scheduling;

/// <summary>One field of a cron expression, read.</summary>
internal sealed record CronField
{
    public required CronFieldKind Kind { get; init; }

    /// <summary>Where the field starts in the expression's text.</summary>
    public required int Position { get; init; }

    /// <summary>The field in canonical form.</summary>
    public required string Text { get; init; }

    /// <summary>Bit n is set when n is a member; the special days below are apart.</summary>
    public ulong Bits { get; init; }

    /// <summary>The field starts with <c>*</c> or is <c>?</c>, which decides how the two day fields combine.</summary>
    public bool StartsWithStar { get; init; }

    /// <summary>Numbers and lists of them only: no wildcard, range or step.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Bit n is set for <c>L-n</c>, the day n days before the month's last.</summary>
    public uint DaysBeforeLast { get; init; }

    /// <summary><c>LW</c>: the last day from Monday to Friday.</summary>
    public bool LastWorkday { get; init; }

    /// <summary>Bit n is set for <c>nW</c>, the day from Monday to Friday nearest to n within the month.</summary>
    public uint NearestWorkdays { get; init; }

    /// <summary>Bit 7·(n−1)+d is set for <c>d#n</c>, the n-th weekday d of the month.</summary>
    public ulong NthWeekdays { get; init; }

    /// <summary>Bit d is set for <c>dL</c>, the month's last weekday d.</summary>
    public uint LastWeekdays { get; init; }
}
