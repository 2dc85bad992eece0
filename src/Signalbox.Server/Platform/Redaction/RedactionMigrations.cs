using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Platform.Redaction;

/// <summary>The table of the installation's key of redaction.</summary>
internal sealed class RedactionMigrations : IMigrationSource
{
    public string Slice => "redaction";

    /// <summary><c>redaction_key</c> is one row. Whoever reads <c>secret</c> can try guesses against the tags of erased secrets, and nothing else.</summary>
    public IReadOnlyList<Migration> Migrations { get; } =
    [
        new(1, "the key of tags", """
            CREATE TABLE redaction_key (
                id {int} NOT NULL PRIMARY KEY,
                secret {hash} NOT NULL,
                created_at_ms {bigint} NOT NULL
            );
            """),
    ];
}
