using Signalbox.Settings;

namespace Signalbox.Server.Platform.Control;

/// <summary>Where the control database is, and its bounds.</summary>
/// <param name="QueueLength">Work that may wait for the writer or for a connection; more is refused and counted.</param>
/// <param name="GroupSize">Most writes in one commit.</param>
/// <param name="Readers">Most connections that read the file at the same time.</param>
internal sealed record ControlOptions(int QueueLength, int GroupSize, int Readers)
{
    public ControlTarget Target { get; init; } = ControlTarget.Sqlite;

    /// <summary>How the file is cut (SQLite).</summary>
    public SqlitePages Pages { get; init; } = SqlitePages.Default;

    /// <summary>Most connections of this instance to PostgreSQL or MySQL.</summary>
    public int Connections { get; init; } = 16;

    /// <summary>How long work waits for one of those connections before it is refused.</summary>
    public TimeSpan ConnectionWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection may take to be made.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the database waits, within a transaction, for this instance's next statement or for a lock, before it undoes the transaction.</summary>
    public TimeSpan LockLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one statement may take.</summary>
    public TimeSpan StatementLimit { get; init; } = TimeSpan.FromSeconds(30);

    public static ControlOptions Read(SettingsReader settings) => new(
        (int)settings.Integer("control.queue_length", 10_000, 1, 1_000_000, "Work on the control database that may wait; more is refused with 503."),
        (int)settings.Integer("control.group_size", 500, 1, 100_000, "Most writes to the control database in one commit (SQLite)."),
        (int)settings.Integer("control.readers", 8, 1, 256, "Most connections that read the control database at the same time (SQLite)."))
    {
        Target = ControlTarget.Read(settings),
        Connections = (int)settings.Integer("control.connections", 16, 2, 1000, "Most connections of this instance to the control database (PostgreSQL, MySQL)."),
        ConnectionWait = settings.Duration(
            "control.connection_wait", TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), "How long work waits for one of those connections before it is refused with 503."),
        ConnectTimeout = settings.Duration(
            "control.connect_timeout", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), "How long connecting to PostgreSQL or MySQL may take."),
        LockLimit = settings.Duration(
            "control.lock_limit", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), "PostgreSQL and MySQL undo a transaction that waits so long for a lock or for its client."),
        StatementLimit = settings.Duration(
            "control.statement_limit", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), "How long one statement on PostgreSQL or MySQL may take."),
    };
}
