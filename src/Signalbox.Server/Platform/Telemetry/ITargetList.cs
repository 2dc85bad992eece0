using Signalbox.PromQL.Model;
using Signalbox.Telemetry;

namespace Signalbox.Server.Platform.Telemetry;

/// <summary>Knows the targets that metrics are scraped from; whoever scrapes registers one.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal interface ITargetList
{
    /// <summary>The targets whose samples go to a tenant.</summary>
    IReadOnlyList<ScrapeTarget> Active(TenantId tenant);

    /// <summary>The targets that relabelling took out.</summary>
    IReadOnlyList<DroppedTarget> Dropped(TenantId tenant);
}

/// <summary>How a target's last scrape went.</summary>
internal enum TargetHealth
{
    /// <summary>Not scraped yet.</summary>
    Unknown,
    Up,
    Down,
}

/// <summary>One target and its last scrape.</summary>
internal sealed record ScrapeTarget
{
    /// <summary>The <c>job_name</c> of its scrape configuration.</summary>
    public required string Pool { get; init; }

    public required Uri Url { get; init; }

    /// <summary>Labels before relabelling, those that start with two underscores included.</summary>
    public required Labels Discovered { get; init; }

    /// <summary>Labels that its samples get.</summary>
    public required Labels Labels { get; init; }

    public required TargetHealth Health { get; init; }

    /// <summary>Why the last scrape failed, or an empty text.</summary>
    public required string LastError { get; init; }

    /// <summary>Start of the last scrape; null before the first.</summary>
    public required DateTimeOffset? LastScrape { get; init; }

    public required TimeSpan LastDuration { get; init; }

    public required TimeSpan Interval { get; init; }

    public required TimeSpan Timeout { get; init; }
}

/// <summary>One target that relabelling took out.</summary>
internal sealed record DroppedTarget(string Pool, Labels Discovered);
