using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Jobs.History;

/// <summary>A period that somebody asks about, within bounds in which it can be calculated with.</summary>
/// <param name="To">Exclusive.</param>
internal sealed record AskedPeriod(DateTimeOffset From, DateTimeOffset To)
{
    private static readonly DateTimeOffset Latest = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="from">Null for <paramref name="usual"/> before the end.</param>
    /// <param name="to">Null for <paramref name="now"/>.</param>
    public static Outcome<AskedPeriod> Of(DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now, TimeSpan usual, TimeSpan longest)
    {
        var end = to ?? now;
        if (end - DateTimeOffset.UnixEpoch < usual || end > Latest)
        {
            return Refusal.Invalid("to", "This must be a time from 1970 to 9998.");
        }

        var begin = from ?? end - usual;
        return begin < DateTimeOffset.UnixEpoch || begin >= end || end - begin > longest
            ? Refusal.Invalid("from", $"The period must begin in 1970 or later, and before it ends, and may have {longest.Days} days at most.")
            : new AskedPeriod(begin, end);
    }
}
