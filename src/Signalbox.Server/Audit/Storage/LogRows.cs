using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Storage;

/// <summary>Reads and moves the row that stands for a tenant's log.</summary>
internal static class LogRows
{
    private const string Columns = "SELECT log, tenant, size, first, root, checkpoint, time_ms FROM audit_logs";

    /// <returns>Null when the tenant has no log yet.</returns>
    public static Task<LogRow?> FindAsync(ControlSession session, string tenant) => session.FindAsync<LogRow>($"{Columns} WHERE tenant = @tenant", new { tenant });

    public static Task<IReadOnlyList<LogRow>> ListAsync(ControlSession session) => session.ListAsync<LogRow>($"{Columns} ORDER BY log");

    /// <summary>Reads the row and keeps every other writer of this log out until the transaction ends.</summary>
    public static Task<LogRow?> LockAsync(ControlSession session, int log) =>
        session.FindAsync<LogRow>($"{Columns} WHERE log = @log {session.Dialect.ForUpdate}", new { log });

    /// <summary>Begins a log under the next free number, unless the tenant has one.</summary>
    /// <returns>False when somebody else took the number in between; then the tenant may or may not have a log now.</returns>
    public static async Task<bool> TryAddAsync(ControlSession session, string tenant, byte[] root, string checkpoint, long timeMs) => await session.ExecuteAsync(
        session.Dialect.InsertIgnore(
            "audit_logs (log, tenant, size, first, root, checkpoint, time_ms) SELECT coalesce(max(log), 0) + 1, @tenant, 0, 0, @root, @checkpoint, @timeMs FROM audit_logs WHERE TRUE"),
        new { tenant, root, checkpoint, timeMs }) > 0;

    /// <summary>Moves the log to a new size, if it still has the size that the batch was built on.</summary>
    /// <returns>False when it has not; then nothing of the batch may be kept.</returns>
    public static async Task<bool> TryGrowAsync(ControlSession session, LogRow from, LogRow to) => await session.ExecuteAsync(
        "UPDATE audit_logs SET size = @Size, root = @Root, checkpoint = @Checkpoint, time_ms = @TimeMs WHERE log = @Log AND size = @from",
        new { to.Size, to.Root, to.Checkpoint, to.TimeMs, to.Log, from = from.Size }) == 1;

    /// <summary>Gives the payloads before <paramref name="first"/> free to be deleted.</summary>
    public static Task MoveFirstAsync(ControlSession session, int log, long first) =>
        session.ExecuteAsync("UPDATE audit_logs SET first = @first WHERE log = @log AND first < @first AND size >= @first", new { log, first });
}
