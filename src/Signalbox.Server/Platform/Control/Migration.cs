namespace Signalbox.Server.Platform.Control;

/// <summary>One numbered step of a slice's schema; never changed once it was released, and never undone.</summary>
/// <param name="Number">From 1, without gaps within a slice.</param>
/// <param name="Sql">Any number of statements.</param>
internal sealed record Migration(int Number, string Name, string Sql);

/// <summary>The schema of one slice, as steps; register it as a singleton of this type.</summary>
internal interface IMigrationSource
{
    /// <summary>Lower case; stored, so it never changes.</summary>
    string Slice { get; }

    IReadOnlyList<Migration> Migrations { get; }
}
