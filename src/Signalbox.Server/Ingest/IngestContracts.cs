namespace Signalbox.Server.Ingest;

/// <summary>Who sends samples to the caller's tenant.</summary>
internal sealed record IngestSourceList(IReadOnlyList<IngestSourceItem> Items);

/// <summary>One sender.</summary>
/// <param name="Kind"><c>scrape</c>, <c>otlp-http</c>, <c>otlp-grpc</c>, <c>remote-write</c>, <c>host</c> or <c>self</c>.</param>
/// <param name="Name">What the sender calls itself: a job, a scrape pool, a user agent.</param>
/// <param name="Principal">Name of the token or user; empty for what Signalbox collects itself.</param>
/// <param name="SamplesPerSecond">Accepted, averaged over the last half minute or so.</param>
/// <param name="LastError">Why the last request or scrape failed or was refused in part; null when it went well.</param>
/// <param name="Up">The last request or scrape was taken and is less than five minutes ago.</param>
internal sealed record IngestSourceItem(
    string Kind,
    string Name,
    string Address,
    string Principal,
    DateTimeOffset LastSeenAt,
    double SamplesPerSecond,
    long AcceptedTotal,
    long RejectedTotal,
    string? LastError,
    bool Up);

/// <summary>The bounds that hold for the caller's tenant.</summary>
internal sealed record LimitList(IReadOnlyList<LimitItem> Items);

/// <summary>One bound.</summary>
/// <param name="Name">The key that sets it.</param>
/// <param name="Unit"><c>series</c>, <c>samples</c>, <c>labels</c>, <c>bytes</c>, <c>requests</c>, <c>targets</c>, <c>sources</c> or <c>seconds</c>.</param>
/// <param name="Used">How much of it is taken now; null where that has no meaning.</param>
/// <param name="RefusedTotal">Samples, or requests, of this tenant that it refused since the start.</param>
internal sealed record LimitItem(string Name, string Description, string Unit, double Value, double? Used, long RefusedTotal);

/// <summary>How the process is doing.</summary>
/// <param name="DataFolder">Told to admins only; null for others.</param>
/// <param name="DiskQuotaBytes">0 when there is no quota.</param>
/// <param name="ActiveSeries">Of the caller's tenant.</param>
/// <param name="Tenants">How many tenants there are; told to admins only, null for others.</param>
internal sealed record SystemStatus(
    string Version,
    DateTimeOffset StartedAt,
    DateTimeOffset Now,
    string? DataFolder,
    long DiskBytes,
    long DiskQuotaBytes,
    long DiskFreeBytes,
    double RetentionDays,
    long ActiveSeries,
    long ResidentBytes,
    int? Tenants,
    ControlStatus Control);

/// <summary>The database of tenants, users, tokens and jobs.</summary>
/// <param name="Engine"><c>sqlite</c>, <c>postgresql</c> or <c>mysql</c>.</param>
/// <param name="Shared">Whether other instances may use it too.</param>
/// <param name="Reachable">Whether it answered this instance within the last seconds.</param>
internal sealed record ControlStatus(string Engine, bool Shared, bool Reachable);
