namespace Signalbox.Server.Platform.Control;

/// <summary>One numbered step of a slice's schema; never changed once it was released, and never undone.</summary>
/// <param name="Number">From 1, without gaps within a slice.</param>
/// <param name="Sql">Any number of statements, each ended by a semicolon at the end of a line, with type tokens (<see cref="ColumnTypes"/>).</param>
internal sealed record Migration(int Number, string Name, string Sql)
{
    /// <summary>What stands for <see cref="Sql"/> on MySQL where types alone do not make the difference; null for the same.</summary>
    /// <remarks>MySQL needs foreign keys as constraints of the table: it reads <c>REFERENCES</c> on a column and forgets it.</remarks>
    public string? MySql { get; init; }

    /// <summary>What stands for <see cref="Sql"/> on PostgreSQL, which wants a function for each trigger; null for the same.</summary>
    public string? PostgreSql { get; init; }

    public string For(IControlDialect dialect) => ColumnTypes.Fill(
        dialect.Engine switch
        {
            ControlEngine.MySql => MySql ?? Sql,
            ControlEngine.PostgreSql => PostgreSql ?? Sql,
            _ => Sql,
        },
        dialect);
}

/// <summary>The schema of one slice, as steps; register it as a singleton of this type.</summary>
internal interface IMigrationSource
{
    /// <summary>Lower case; stored, so it never changes.</summary>
    string Slice { get; }

    /// <summary>The file of the data folder that holds these tables when the control plane is on SQLite; a shared database holds all tables.</summary>
    string File => ControlDatabase.FileName;

    IReadOnlyList<Migration> Migrations { get; }
}
