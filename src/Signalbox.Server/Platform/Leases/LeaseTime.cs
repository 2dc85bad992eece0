namespace Signalbox.Server.Platform.Leases;

/// <summary>The times that every lease keeps to.</summary>
internal static class LeaseTime
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromSeconds(1);

    public static TimeSpan Shortest { get; } = TimeSpan.FromSeconds(1);

    public static TimeSpan Longest { get; } = TimeSpan.FromHours(1);

    public static TimeSpan Default { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How much earlier than the provider the owner takes its lease for lost: for clocks that do not run equally fast, and for timers that fire late.</summary>
    public static TimeSpan Margin(TimeSpan timeToLive) => timeToLive / 10 < LongestMargin ? timeToLive / 10 : LongestMargin;

    /// <exception cref="ArgumentOutOfRangeException">It is shorter or longer than leases may be.</exception>
    public static void Check(TimeSpan timeToLive)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeToLive, Shortest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeToLive, Longest);
    }
}
