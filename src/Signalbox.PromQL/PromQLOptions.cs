namespace Signalbox.PromQL;

/// <summary>Defaults and limits of the engine.</summary>
public sealed record PromQLOptions
{
    /// <summary>How far an instant selector looks back for a sample; the window's left end is open. Default 5 min.</summary>
    public TimeSpan Lookback { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Step of subqueries that give none. Default 1 min.</summary>
    public TimeSpan DefaultSubqueryStep { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest evaluation. Default 2 min.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Most samples one query may hold in memory at one time. Default 50 million.</summary>
    public long MaxSamples { get; init; } = 50_000_000;

    /// <summary>Most steps of a range query. Default 11,000, as Prometheus has it.</summary>
    public int MaxSteps { get; init; } = 11_000;

    /// <summary>Most warnings, and most infos, that a result carries. Default 10.</summary>
    public int MaxAnnotations { get; init; } = 10;

    /// <summary>
    /// Whether metric names are dropped only from the final result, so that functions in between can still see them
    /// (Prometheus's feature <c>promql-delayed-name-removal</c>). Default false.
    /// </summary>
    public bool DelayedNameRemoval { get; init; }
}

/// <summary>What one query may change of <see cref="PromQLOptions"/>; null keeps the engine's value.</summary>
public sealed record PromQLQueryOptions
{
    public TimeSpan? Lookback { get; init; }

    /// <summary>Shorter than the engine's timeout; a longer one is cut to it.</summary>
    public TimeSpan? Timeout { get; init; }
}
