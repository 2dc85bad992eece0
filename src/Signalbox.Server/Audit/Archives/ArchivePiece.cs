using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Verification;

namespace Signalbox.Server.Audit.Archives;

/// <summary>Neighbouring events of an archive, one a line, with the hashes that belong to them.</summary>
internal sealed class ArchivePiece
{
    private readonly long _first;
    private readonly byte[] _lines;
    private readonly Dictionary<long, byte[]> _tiles;
    private readonly long _size;
    private readonly byte[]? _edge;

    /// <param name="first">Sequence of the first event.</param>
    /// <param name="size">Events of the log.</param>
    /// <param name="tiles">Full tiles of level 0 by number.</param>
    /// <param name="edge">The log's last tile of level 0, where it is not full.</param>
    /// <exception cref="InvalidDataException">The lines are not whole tiles.</exception>
    public ArchivePiece(long first, long size, byte[] lines, Dictionary<long, byte[]> tiles, byte[]? edge)
    {
        (_first, _size, _lines, _tiles, _edge) = (first, size, lines, tiles, edge);
        Until = first + lines.AsSpan().Count((byte)'\n');
        if (lines.Length == 0 || lines[^1] != (byte)'\n' || Until > size || (Until % MerkleTree.TileWidth != 0 && Until != size))
        {
            throw new InvalidDataException($"the events from {first} on are not as many as their tiles have.");
        }
    }

    /// <summary>Sequence after the last event.</summary>
    public long Until { get; }

    public void Scan(Action<ScannedTile> scanned)
    {
        var rest = _lines.AsSpan();
        for (var number = _first / MerkleTree.TileWidth; number * MerkleTree.TileWidth < Until; number++)
        {
            var width = (int)Math.Min(MerkleTree.TileWidth, _size - (number * MerkleTree.TileWidth));
            var tile = new ScannedTile(number, width);
            for (var i = 0; i < width; i++)
            {
                var end = rest.IndexOf((byte)'\n');
                tile.Add(tile.FirstSequence + i, timeMs: null, leaf: [], rest[..end]);
                rest = rest[(end + 1)..];
            }

            tile.Complete();
            tile.Stored = width == MerkleTree.TileWidth ? _tiles.GetValueOrDefault(number) : _edge;
            scanned(tile);
        }
    }
}
