using Signalbox.PromQL.Model;

namespace Signalbox.Server.Ingest.Scrape.Discovery;

/// <summary>Where and how often one target is scraped, and the labels that its samples get.</summary>
/// <param name="Discovered">Labels before relabelling.</param>
internal sealed record Target(Labels Labels, Labels Discovered, Uri Url, TimeSpan Interval, TimeSpan Timeout)
{
    /// <summary>Two targets with the same identity are one.</summary>
    public (Labels Labels, string Url, TimeSpan Interval, TimeSpan Timeout) Identity => (Labels, Url.AbsoluteUri, Interval, Timeout);
}

/// <summary>What a discovered address became.</summary>
/// <param name="Target">Null when relabelling dropped it, or it cannot be scraped.</param>
/// <param name="Error">Why it cannot be scraped; null otherwise.</param>
internal sealed record TargetVerdict(Target? Target, Labels Discovered, string? Error);
