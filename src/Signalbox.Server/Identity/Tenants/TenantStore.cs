using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Identity.Tenants;

/// <summary>The table of tenants.</summary>
internal static class TenantStore
{
    public static Task<IReadOnlyList<TenantRow>> ListAsync(ControlSession session) =>
        session.ListAsync<TenantRow>("SELECT name, display_name, created_at_ms FROM tenants ORDER BY name");

    /// <summary>Until the transaction ends, nobody else makes or changes users and tokens of this tenant, or, with the tenant <c>default</c>, tenants.</summary>
    /// <remarks>Rules that span rows (limits, unique names, the last admin) are only as good as the order in which they are checked.</remarks>
    public static Task TakeAsync(ControlSession session, string name) =>
        session.FindAsync<string>($"SELECT name FROM tenants WHERE name = @name {session.Dialect.ForUpdate}", new { name });

    /// <returns>False when it is there already; while somebody else is making it, this waits for the end of that.</returns>
    public static async Task<bool> TryInsertAsync(ControlSession session, TenantRow tenant) => await session.ExecuteAsync(
        session.Dialect.InsertIgnore("tenants (name, display_name, created_at_ms) VALUES (@Name, @DisplayName, @CreatedAtMs)"), tenant) == 1;

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
