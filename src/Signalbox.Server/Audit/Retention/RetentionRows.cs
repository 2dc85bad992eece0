using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Retention;

/// <summary>Reads and keeps the retention of tenants, in the control database.</summary>
internal static class RetentionRows
{
    /// <returns>Null when the tenant has none of its own.</returns>
    public static async Task<RetentionSetting?> FindAsync(ControlSession session, string tenant) =>
        await session.FindAsync<Row>("SELECT retention_days, changed_at_ms, changed_by FROM audit_settings WHERE tenant = @tenant", new { tenant }) is { } row
            ? new RetentionSetting(TimeSpan.FromDays(row.RetentionDays), DateTimeOffset.FromUnixTimeMilliseconds(row.ChangedAtMs), row.ChangedBy)
            : null;

    public static Task SaveAsync(ControlSession session, string tenant, RetentionSetting setting) => session.ExecuteAsync(
        session.Dialect.Upsert(
            "audit_settings (tenant, retention_days, changed_at_ms, changed_by) VALUES (@tenant, @days, @at, @by)",
            "tenant",
            "retention_days = excluded.retention_days, changed_at_ms = excluded.changed_at_ms, changed_by = excluded.changed_by"),
        new { tenant, days = (int)setting.Retention.TotalDays, at = setting.ChangedAt!.Value.ToUnixTimeMilliseconds(), by = setting.ChangedBy });

    private sealed record Row
    {
        public required int RetentionDays { get; init; }

        public required long ChangedAtMs { get; init; }

        public required string ChangedBy { get; init; }
    }
}
