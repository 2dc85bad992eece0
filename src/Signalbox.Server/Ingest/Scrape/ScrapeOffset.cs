using Signalbox.Server.Ingest.Scrape.Discovery;

namespace Signalbox.Server.Ingest.Scrape;

/// <summary>Spreads the scrapes of many targets over the interval: each has its own share of it, the same after every restart.</summary>
internal static class ScrapeOffset
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>How long to wait from now until the target's next turn; less than its interval.</summary>
    public static TimeSpan Of(Target target, DateTimeOffset now)
    {
        var interval = target.Interval.Ticks;
        var share = (long)(HashOf(target) % (ulong)interval);
        var wait = (share - (now.Ticks % interval)) % interval;
        return TimeSpan.FromTicks(wait < 0 ? wait + interval : wait);
    }

    private static ulong HashOf(Target target)
    {
        var hash = FnvOffset;
        foreach (var c in $"{target.Url.AbsoluteUri}{target.Labels}")
        {
            hash = unchecked((hash ^ c) * FnvPrime);
        }

        return hash;
    }
}
