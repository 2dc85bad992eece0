using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Identity.Tenants;

/// <summary>The table of tenants.</summary>
internal static class TenantStore
{
    public static Task<IReadOnlyList<TenantRow>> ListAsync(ControlSession session) =>
        session.ListAsync<TenantRow>("SELECT name, display_name, created_at_ms FROM tenants ORDER BY name");

    public static Task InsertAsync(ControlSession session, TenantRow tenant) =>
        session.ExecuteAsync("INSERT INTO tenants (name, display_name, created_at_ms) VALUES (@Name, @DisplayName, @CreatedAtMs)", tenant);
}

/// <summary>One tenant as stored.</summary>
internal sealed record TenantRow
{
    public required string Name { get; init; }

    public required string DisplayName { get; init; }

    public required long CreatedAtMs { get; init; }
}
