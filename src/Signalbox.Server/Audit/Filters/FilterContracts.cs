namespace Signalbox.Server.Audit.Filters;

/// <summary>A search of the audit log that somebody gave a name.</summary>
internal sealed record AuditFilter
{
    /// <summary>Unique among those of its user; 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>As in the address of the list, such as <c>actor=ada&amp;action=token.create</c>, without a question mark.</summary>
    public required string Query { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }
}

/// <summary>The filters of one user, by name.</summary>
internal sealed record AuditFilterList(IReadOnlyList<AuditFilter> Items, string? Next);

/// <summary>Asks for a filter to be kept.</summary>
internal sealed record SaveAuditFilter
{
    /// <summary>
    /// As in the address of the list: <c>actor</c>, <c>action</c>, <c>resourceType</c>, <c>resourceId</c>, <c>outcome</c>, <c>address</c>, <c>trace</c>, <c>source</c>, <c>text</c>,
    /// <c>from</c>, <c>to</c>, <c>order</c>, and <c>range</c> for a period that ends now, such as <c>range=24h</c>.
    /// </summary>
    public required string Query { get; init; }
}
