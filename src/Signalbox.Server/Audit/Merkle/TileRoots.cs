using System.Collections.Concurrent;

namespace Signalbox.Server.Audit.Merkle;

/// <summary>Remembers the roots of full tiles of one log, which never change, so that a proof near the right edge need not read 255 tiles for one partial one.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TileRoots
{
    /// <summary>About 300 KiB; the partial tiles of any log need at most 255 on each of its levels.</summary>
    private const int Most = 4096;

    private readonly ConcurrentDictionary<(int Level, long Number), byte[]> _roots = new();

    public byte[]? Find(int level, long number) => _roots.GetValueOrDefault((level, number));

    public void Keep(int level, long number, byte[] root)
    {
        if (_roots.Count >= Most)
        {
            // Rare, because the edge moves on only once every 65,536 leaves; what is needed comes back with the next proof.
            _roots.Clear();
        }

        _roots[(level, number)] = root;
    }
}
