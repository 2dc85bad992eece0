using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Runs.Keeping;

/// <summary>Reads and writes <c>run_space</c>: how many runs a tenant has and what they hold, kept beside them so that nobody needs to add them up.</summary>
/// <remarks>Whoever writes locks the tenant's row until the transaction ends, so that reports which come at once are held against the quota one after the other. It is locked after the row of a run, never before.</remarks>
internal static class SpaceStore
{
    /// <summary>Books a new run, or other bytes for one that is there, unless the tenant would hold more than <paramref name="quota"/> then.</summary>
    /// <exception cref="System.Data.Common.DbException">A unique violation: another transaction has booked the tenant's first run meanwhile.</exception>
    public static async Task<bool> TakeAsync(ControlSession session, string tenant, int runs, long bytes, long quota)
    {
        if (await session.ExecuteAsync("UPDATE run_space SET runs = runs + @runs, used_bytes = used_bytes + @bytes WHERE tenant = @tenant AND used_bytes + @bytes <= @quota", new { tenant, runs, bytes, quota }) == 1)
        {
            return true;
        }

        if (bytes > quota || await session.ValueAsync<long>("SELECT count(*) FROM run_space WHERE tenant = @tenant", new { tenant }) > 0)
        {
            return false;
        }

        await session.ExecuteAsync("INSERT INTO run_space (tenant, runs, used_bytes) VALUES (@tenant, @runs, @bytes)", new { tenant, runs, bytes });
        return true;
    }

    /// <summary>Gives back what a deleted run held.</summary>
    public static Task ReturnAsync(ControlSession session, string tenant, int runs, long bytes) =>
        session.ExecuteAsync("UPDATE run_space SET runs = runs - @runs, used_bytes = used_bytes - @bytes WHERE tenant = @tenant", new { tenant, runs, bytes });

    /// <summary>Number of a tenant's runs.</summary>
    public static async Task<long> CountAsync(ControlSession session, string tenant) => await session.ValueAsync<long>("SELECT coalesce(max(runs), 0) FROM run_space WHERE tenant = @tenant", new { tenant });
}
