using System.Collections.Concurrent;
using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Storage;

namespace Signalbox.Server.Audit.Proofs;

/// <summary>Opens the trees of tenants' logs for proofs, and remembers what makes the next proof of the same log fast. Thread-safe.</summary>
internal sealed class LogTree(AuditDatabase database)
{
    /// <summary>Logs that are remembered, some 300 KiB each.</summary>
    private const int MostLogs = 64;

    private readonly ConcurrentDictionary<int, TileRoots> _roots = new();

    /// <returns>Null when nothing was ever recorded for the tenant.</returns>
    public async Task<LogRow?> FindAsync(string tenant, CancellationToken cancellationToken) =>
        await database.ReadAsync(session => LogRows.FindAsync(session, tenant), cancellationToken) is { Size: > 0 } log ? log : null;

    public ProofBuilder Open(LogRow log)
    {
        if (_roots.Count >= MostLogs && !_roots.ContainsKey(log.Log))
        {
            _roots.Clear();
        }

        return new ProofBuilder(new TileRows(database, log.Log), log.Size, _roots.GetOrAdd(log.Log, static _ => new TileRoots()));
    }
}
