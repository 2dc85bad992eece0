using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Storage;

namespace Signalbox.Server.Audit.Verification;

/// <summary>Sorts rows that come in order into tiles, and hands on each tile when it is over.</summary>
internal sealed class TileGatherer
{
    private readonly long _start;
    private readonly long _until;
    private readonly IReadOnlyList<byte[]?> _stored;
    private readonly Action<ScannedTile> _scanned;
    private long _number;
    private ScannedTile? _tile;
    private byte[]? _edge;

    /// <param name="start">The first tile.</param>
    /// <param name="until">Sequence at which the log ends.</param>
    /// <param name="stored">The tiles as they are kept, from <paramref name="start"/> on.</param>
    /// <param name="scanned">Takes each tile.</param>
    public TileGatherer(long start, long until, IReadOnlyList<byte[]?> stored, Action<ScannedTile> scanned) =>
        (_start, _number, _until, _stored, _scanned) = (start, start, until, stored, scanned);

    public void Add(long position, long timeMs, ReadOnlySpan<byte> leaf, ReadOnlySpan<byte> body)
    {
        var sequence = EventPosition.SequenceOf(position);
        Complete(sequence / MerkleTree.TileWidth);
        var tile = Tile();
        tile.Add(sequence, timeMs, leaf, body);
        if (_edge is not null && leaf.Length == MerkleTree.HashSize)
        {
            // What is in no full tile yet has no other hashes than those beside the events.
            leaf.CopyTo(_edge.AsSpan((int)(sequence - tile.FirstSequence) * MerkleTree.HashSize));
        }
    }

    /// <summary>Hands on everything before a tile.</summary>
    public void Complete(long number)
    {
        while (_number < number)
        {
            var tile = Tile();
            tile.Complete();
            tile.Stored = _edge ?? _stored[(int)(_number - _start)];
            _scanned(tile);
            (_tile, _edge) = (null, null);
            _number++;
        }
    }

    private ScannedTile Tile()
    {
        if (_tile is not null)
        {
            return _tile;
        }

        var width = (int)Math.Min(MerkleTree.TileWidth, _until - (_number * MerkleTree.TileWidth));
        _edge = width < MerkleTree.TileWidth ? new byte[width * MerkleTree.HashSize] : null;
        return _tile = new ScannedTile(_number, width);
    }
}
