using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Platform.Leases;

/// <summary>Keeps tokens growing when the provider forgets its count or is exchanged for another: the upper bits of a token are an epoch that the control database gives.</summary>
/// <remarks>
/// Each time Redis or etcd is found new, restarted or emptied, an epoch is <em>allocated</em>, written there, and becomes <em>active</em> with the first
/// lease under it; from then on no lease of an earlier epoch is accepted. An allocated epoch that somebody writes late is thereby harmless.
/// </remarks>
internal sealed class LeaseEpochs(ControlDatabase database)
{
    /// <summary>Tokens of one epoch; a million leases a second use them up in twelve days, and then a new epoch begins.</summary>
    public const long Size = 1L << 40;

    public const string Database = "database";

    /// <param name="seen">The epoch that the provider knows, 0 without one; a control database restored from a backup may know less.</param>
    public Task<long> AllocateAsync(long seen, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            await session.ExecuteAsync($"UPDATE lease_state SET allocated = {session.Dialect.Greatest("allocated", "@seen")} + 1 WHERE id = 1", new { seen });
            return await session.ValueAsync<long>("SELECT allocated FROM lease_state WHERE id = 1");
        },
        repeatable: true,
        cancellationToken);

    /// <returns>Whether leases of this epoch are accepted; if not, a new one is needed.</returns>
    public async Task<bool> ActivateAsync(string provider, long epoch, CancellationToken cancellationToken) => await database.RunAsync(
        session => session.ExecuteAsync(
            """
            UPDATE lease_state SET active = @epoch, provider = @provider
            WHERE id = 1 AND @epoch <= allocated AND (active < @epoch OR (active = @epoch AND provider = @provider))
            """,
            new { epoch, provider }),
        cancellationToken) == 1;

    /// <summary>Ends the epochs of other providers: the database's tokens begin above theirs, and theirs are not accepted after its own.</summary>
    public Task TakeBackAsync(CancellationToken cancellationToken) => database.RunAsync(
        session => session.ExecuteAsync(
            """
            UPDATE lease_state SET token_floor = (allocated + 1) * @size, active = allocated + 1, provider = @provider, allocated = allocated + 1
            WHERE id = 1 AND provider <> @provider
            """,
            new { size = Size, provider = Database }),
        cancellationToken);
}
