using System.Data.Common;

namespace Signalbox.Server.Platform.Control;

/// <summary>What is particular to the connections of one kind of database server.</summary>
internal interface IServerDriver
{
    IControlDialect Dialect { get; }

    /// <summary>Begins a transaction that sees one state of the database and cannot change it.</summary>
    string BeginRead { get; }

    /// <summary>A connection that is not open yet; the driver's own pool is off.</summary>
    DbConnection Create();

    /// <summary>Sets the limits of a connection that was just opened, where they could not be part of opening it.</summary>
    Task PrepareAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Brings the schema to this program's, one instance at a time.</summary>
    /// <returns>How many steps were applied.</returns>
    /// <exception cref="StartupException">The database was written by a newer program, or the server is too old.</exception>
    int Migrate(DbConnection connection, IReadOnlyList<IMigrationSource> sources, DateTimeOffset now);
}
