using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Anchors;

/// <summary>Remembers the newest state of each log that this server witnesses.</summary>
internal static class WitnessedRows
{
    public static Task<WitnessedRow?> LockAsync(ControlSession session, string origin) =>
        session.FindAsync<WitnessedRow>($"SELECT origin, size, root, note, at_ms FROM audit_witnessed WHERE origin = @origin {session.Dialect.ForUpdate}", new { origin });

    /// <returns>False when somebody else was faster.</returns>
    public static async Task<bool> TryAddAsync(ControlSession session, WitnessedRow row) => await session.ExecuteAsync(
        session.Dialect.InsertIgnore("audit_witnessed (origin, size, root, note, at_ms) VALUES (@Origin, @Size, @Root, @Note, @AtMs)"), row) == 1;

    /// <returns>False when the row is no longer at <paramref name="from"/>.</returns>
    public static async Task<bool> TryMoveAsync(ControlSession session, WitnessedRow row, long from) => await session.ExecuteAsync(
        "UPDATE audit_witnessed SET size = @Size, root = @Root, note = @Note, at_ms = @AtMs WHERE origin = @Origin AND size = @from",
        new { row.Origin, row.Size, row.Root, row.Note, row.AtMs, from }) == 1;
}

/// <summary>A log's state that was cosigned last.</summary>
internal sealed record WitnessedRow
{
    public required string Origin { get; init; }

    public required long Size { get; init; }

    public required byte[] Root { get; init; }

    /// <summary>As it was given, with the log's signatures.</summary>
    public required string Note { get; init; }

    public required long AtMs { get; init; }
}
