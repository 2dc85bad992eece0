using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Platform.Leases.Database;

/// <summary>Leases as rows of the control database, one a name.</summary>
/// <remarks>
/// Every step is one statement and a transaction by itself, so a process that is stopped in the middle holds no lock of the database. The owner id tells
/// afterwards whether a step took effect.
/// </remarks>
internal sealed class DatabaseLeaseStore(ControlDatabase database, LeaseEpochs epochs, LeaseClock clock) : ILeaseStore
{
    public string Kind => LeaseEpochs.Database;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await epochs.TakeBackAsync(cancellationToken);
        if (clock.IsOwn)
        {
            // Whoever held a lease here was the process before this one, and has ended.
            await database.RunAsync(static session => session.ExecuteAsync("UPDATE leases SET owner = NULL WHERE owner IS NOT NULL"), cancellationToken);
        }
    }

    public async Task<long?> TakeAsync(LeaseClaim claim, CancellationToken cancellationToken)
    {
        var parameters = Parameters(claim);
        if (database.Dialect.HasReturning)
        {
            return await FindAsync($"{Take} RETURNING token", parameters, cancellationToken)
                ?? await FindAsync($"{database.Dialect.InsertIgnore(First)} RETURNING token", parameters, cancellationToken);
        }

        if (await RunAsync(Take, parameters, cancellationToken) == 0 && await RunAsync(database.Dialect.InsertIgnore(First), parameters, cancellationToken) == 0)
        {
            return null;
        }

        // No row means that the lease expired and passed on before it was known to be held.
        return await FindAsync("SELECT token FROM leases WHERE name = @Name AND owner = @Owner", parameters, cancellationToken);
    }

    public async Task<bool> RenewAsync(LeaseClaim claim, long token, CancellationToken cancellationToken) => await RunAsync(
        $"UPDATE leases SET expires_at_ms = {clock.Expression} + @Ttl WHERE name = @Name AND owner = @Owner AND expires_at_ms > {clock.Expression}",
        Parameters(claim),
        cancellationToken) == 1;

    public Task ReleaseAsync(LeaseClaim claim, CancellationToken cancellationToken) =>
        RunAsync("UPDATE leases SET owner = NULL WHERE name = @Name AND owner = @Owner", Parameters(claim), cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string Take => $"""
        UPDATE leases SET owner = @Owner, expires_at_ms = {clock.Expression} + @Ttl, used_at_ms = {clock.Expression},
            token = {database.Dialect.Greatest("token", "(SELECT token_floor FROM lease_state WHERE id = 1)")} + 1
        WHERE name = @Name AND (owner IS NULL OR expires_at_ms <= {clock.Expression})
        """;

    private string First => $"""
        leases (name, token, owner, expires_at_ms, used_at_ms)
        SELECT @Name, token_floor + 1, @Owner, {clock.Expression} + @Ttl, {clock.Expression} FROM lease_state WHERE id = 1
        """;

    private Task<int> RunAsync(string statement, object parameters, CancellationToken cancellationToken) =>
        database.RunAsync(session => session.ExecuteAsync(statement, parameters), cancellationToken);

    private Task<long?> FindAsync(string statement, object parameters, CancellationToken cancellationToken) =>
        database.RunAsync(session => session.FindAsync<long?>(statement, parameters), cancellationToken);

    private object Parameters(LeaseClaim claim) => new { Name = claim.Name.ToString(), Owner = claim.Owner.ToString("D"), Ttl = claim.Milliseconds, now = clock.Now };
}
