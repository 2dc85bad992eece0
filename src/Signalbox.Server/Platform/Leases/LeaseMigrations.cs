using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Platform.Leases;

/// <summary>The tables of leases.</summary>
internal sealed class LeaseMigrations : IMigrationSource
{
    public string Slice => "leases";

    /// <summary>
    /// <c>leases</c> has the greatest token known for each name, and with the database as provider its holder. <c>lease_state</c> is one row: what is told by
    /// <see cref="LeaseEpochs"/>, and the token below which no name begins that has no row.
    /// </summary>
    public IReadOnlyList<Migration> Migrations { get; } =
    [
        new(1, "leases and their tokens", """
            CREATE TABLE leases (
                name {name} NOT NULL PRIMARY KEY,
                token {bigint} NOT NULL,
                owner {id} NULL,
                expires_at_ms {bigint} NOT NULL,
                used_at_ms {bigint} NOT NULL
            );

            CREATE INDEX leases_used ON leases (used_at_ms);

            CREATE TABLE lease_state (
                id {int} NOT NULL PRIMARY KEY,
                token_floor {bigint} NOT NULL,
                active {bigint} NOT NULL,
                provider {name} NOT NULL,
                allocated {bigint} NOT NULL
            );

            INSERT INTO lease_state (id, token_floor, active, provider, allocated) VALUES (1, 0, 0, 'database', 0);
            """),
    ];
}
