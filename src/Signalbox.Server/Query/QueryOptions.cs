using Signalbox.Settings;

namespace Signalbox.Server.Query;

/// <summary>What one query may cost, and how many run at once.</summary>
internal sealed record QueryOptions
{
    /// <summary>Longest time a query may take, waiting included; a request's own <c>timeout</c> can only shorten it.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Queries evaluated at the same time; the rest wait.</summary>
    public required int MaxConcurrency { get; init; }

    /// <summary>Queries that may wait; further ones are refused.</summary>
    public required int MaxQueued { get; init; }

    /// <summary>Samples that one query may hold in memory.</summary>
    public required long MaxSamples { get; init; }

    /// <summary>Points a series that a range query may ask for.</summary>
    public required long MaxPoints { get; init; }

    /// <summary>How far back an instant selector looks for a sample.</summary>
    public required TimeSpan Lookback { get; init; }

    /// <summary>Queries that take longer are logged with who asked.</summary>
    public required TimeSpan SlowThreshold { get; init; }

    /// <summary>Largest form a query may be sent in, in bytes.</summary>
    public required long MaxRequestSize { get; init; }

    public static QueryOptions Read(SettingsReader settings) => new()
    {
        Timeout = settings.Duration("query.timeout", TimeSpan.FromMinutes(2), TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1), "Longest time a query may take, waiting included."),
        MaxConcurrency = (int)settings.Integer("query.max_concurrency", 4, 1, 1024, "Queries evaluated at the same time; the rest wait."),
        MaxQueued = (int)settings.Integer("query.max_queued", 256, 0, 100_000, "Queries that may wait; further ones are refused with 503."),
        MaxSamples = settings.Integer("query.max_samples", 50_000_000, 1, 10_000_000_000, "Samples that one query may hold in memory."),
        MaxPoints = settings.Integer("query.max_points", 11_000, 1, 1_000_000, "Points a series that a range query may ask for."),
        Lookback = settings.Duration("query.lookback", TimeSpan.FromMinutes(5), TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1), "How far back an instant selector looks for a sample."),
        SlowThreshold = settings.Duration("query.slow_threshold", TimeSpan.FromSeconds(10), TimeSpan.Zero, TimeSpan.FromHours(1), "Queries that take longer are logged with who asked; 0s logs all."),
        MaxRequestSize = settings.Bytes("query.max_request_size", 10L << 20, 1L << 10, 1L << 30, "Largest form a query may be sent in."),
    };
}
