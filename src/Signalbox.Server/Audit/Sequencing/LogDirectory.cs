using System.Collections.Concurrent;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Storage;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Knows the number of each tenant's log, and begins one for a tenant that has none.</summary>
/// <remarks>Numbers never change, so they are kept. Thread-safe.</remarks>
internal sealed class LogDirectory(AuditDatabase database, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public async Task<int> NumberOfAsync(string tenant, CheckpointSigner signer, CancellationToken cancellationToken)
    {
        if (_numbers.TryGetValue(tenant, out var known))
        {
            return known;
        }

        while (true)
        {
            if (await database.ReadAsync(session => LogRows.FindAsync(session, tenant), cancellationToken) is { } row)
            {
                return _numbers[tenant] = row.Log;
            }

            var now = clock.GetUtcNow();
            var root = MerkleTree.EmptyRoot;
            var note = signer.Sign(tenant, 0, root);

            // Whether it was this instance that began it, or another one, the next look finds it.
            await database.WriteAsync(session => LogRows.TryAddAsync(session, tenant, root, note, now.ToUnixTimeMilliseconds()), cancellationToken);
        }
    }
}
