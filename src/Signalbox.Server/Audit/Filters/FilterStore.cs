using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Filters;

/// <summary>The table of saved filters.</summary>
internal static class FilterStore
{
    /// <summary>By name.</summary>
    /// <param name="after">Name of the last filter of the page before; null for the first page.</param>
    public static Task<IReadOnlyList<FilterRow>> ListAsync(ControlSession session, FilterOwner owner, string? after, int limit) => session.ListAsync<FilterRow>(
        "SELECT name, query, changed_at_ms FROM audit_filters WHERE tenant = @Tenant AND user_id = @User AND (@after IS NULL OR name > @after) ORDER BY name LIMIT @limit",
        new { owner.Tenant, owner.User, after, limit });

    public static Task<FilterRow?> FindAsync(ControlSession session, FilterOwner owner, string name) => session.FindAsync<FilterRow>(
        "SELECT name, query, changed_at_ms FROM audit_filters WHERE tenant = @Tenant AND user_id = @User AND name = @name", new { owner.Tenant, owner.User, name });

    public static Task<long> CountAsync(ControlSession session, FilterOwner owner) =>
        session.ValueAsync<long>("SELECT count(*) FROM audit_filters WHERE tenant = @Tenant AND user_id = @User", new { owner.Tenant, owner.User });

    public static Task SaveAsync(ControlSession session, FilterOwner owner, string name, string query, long nowMs) => session.ExecuteAsync(
        session.Dialect.Upsert(
            "audit_filters (tenant, user_id, name, query, changed_at_ms) VALUES (@Tenant, @User, @name, @query, @nowMs)",
            "tenant, user_id, name",
            "query = excluded.query, changed_at_ms = excluded.changed_at_ms"),
        new { owner.Tenant, owner.User, name, query, nowMs });

    public static Task DeleteAsync(ControlSession session, FilterOwner owner, string name) =>
        session.ExecuteAsync("DELETE FROM audit_filters WHERE tenant = @Tenant AND user_id = @User AND name = @name", new { owner.Tenant, owner.User, name });
}

/// <summary>Whose filters these are: somebody who works in a tenant.</summary>
internal sealed record FilterOwner(string Tenant, string User);

/// <summary>One filter as stored.</summary>
internal sealed record FilterRow
{
    public required string Name { get; init; }

    public required string Query { get; init; }

    public required long ChangedAtMs { get; init; }

    public AuditFilter ToWire() => new() { Name = Name, Query = Query, ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(ChangedAtMs) };
}
