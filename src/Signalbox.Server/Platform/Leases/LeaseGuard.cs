using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Platform.Leases;

/// <summary>Lets a write to the control database happen only under a lease that nobody has taken over.</summary>
internal sealed class LeaseGuard(LeaseClock clock)
{
    /// <summary>
    /// Checks the lease's token within the same unit of work as the write. A later owner's check waits until this unit of work has ended and makes
    /// every earlier token fail from then on; with the database as provider, so does a later owner's acquisition.
    /// </summary>
    /// <exception cref="LeaseLostException">The lease is lost, or a greater token is known for its name. Thrown through the unit of work, it undoes it.</exception>
    public async Task CheckAsync(ControlSession session, ILease lease)
    {
        lease.ThrowIfLost();
        var claim = new { name = lease.Name.ToString(), token = lease.Token, now = clock.Now };
        var update = $"UPDATE leases SET token = @token, used_at_ms = {clock.Expression} WHERE name = @name AND token <= @token";
        var insert = session.Dialect.InsertIgnore(
            $"""
            leases (name, token, owner, expires_at_ms, used_at_ms)
            SELECT @name, @token, NULL, 0, {clock.Expression} FROM lease_state WHERE id = 1 AND token_floor < @token
            """);
        if (await session.ExecuteAsync(update, claim) == 0
            && await session.ExecuteAsync(insert, claim) == 0
            && await session.ExecuteAsync(update, claim) == 0)
        {
            throw new LeaseLostException(lease.Name, lease.Token);
        }
    }
}
