namespace Signalbox.Server.Platform.Control;

/// <summary>The kind of database that holds the control plane.</summary>
internal enum ControlEngine
{
    Sqlite,
    PostgreSql,

    /// <summary>MySQL 8.0 and MariaDB 10.6, or newer.</summary>
    MySql,
}
