namespace Signalbox.Server.Audit.Search;

/// <summary>The earliest and the latest time of each tile of an era, so that a search by time reads only the records it may be about.</summary>
/// <remarks>Stored as the number of tiles, then for each the earliest time since the era's, and the latest since that, as <see cref="Varint"/>, with a checksum of 8 bytes before it.</remarks>
internal sealed class TileTimes
{
    private const int ChecksumLength = 8;
    private const int MostTiles = 1024;

    private readonly (long First, long Last)[] _tiles;

    private TileTimes((long First, long Last)[] tiles) => _tiles = tiles;

    public long First => _tiles.Min(static tile => tile.First);

    public long Last => _tiles.Max(static tile => tile.Last);

    /// <param name="times">The time of each record, in order; not empty.</param>
    public static TileTimes Of(ReadOnlySpan<long> times)
    {
        var tiles = new (long First, long Last)[(times.Length + EraShape.Tile - 1) / EraShape.Tile];
        for (var tile = 0; tile < tiles.Length; tile++)
        {
            var part = times[(tile * EraShape.Tile)..Math.Min(times.Length, (tile + 1) * EraShape.Tile)];
            var (first, last) = (part[0], part[0]);
            foreach (var time in part)
            {
                first = Math.Min(first, time);
                last = Math.Max(last, time);
            }

            tiles[tile] = (first, last);
        }

        return new TileTimes(tiles);
    }

    public byte[] Write()
    {
        var bytes = new List<byte>(new byte[ChecksumLength]);
        Varint.Write(bytes, (ulong)_tiles.Length);
        var origin = First;
        foreach (var (first, last) in _tiles)
        {
            Varint.Write(bytes, (ulong)(first - origin));
            Varint.Write(bytes, (ulong)(last - first));
        }

        var written = bytes.ToArray();
        BitConverter.TryWriteBytes(written, Checksum(written, origin));
        return written;
    }

    /// <param name="origin">The era's earliest time.</param>
    /// <returns>Null when the bytes are damaged.</returns>
    public static TileTimes? Read(ReadOnlySpan<byte> bytes, long origin)
    {
        if (bytes.Length < ChecksumLength || BitConverter.ToUInt64(bytes) != Checksum(bytes, origin))
        {
            return null;
        }

        var rest = bytes[ChecksumLength..];
        if (!Varint.TryRead(ref rest, out var count) || count is 0 or > MostTiles)
        {
            return null;
        }

        var tiles = new (long First, long Last)[count];
        for (var tile = 0; tile < tiles.Length; tile++)
        {
            if (!Varint.TryRead(ref rest, out var first) || !Varint.TryRead(ref rest, out var length))
            {
                return null;
            }

            tiles[tile] = unchecked((origin + (long)first, origin + (long)first + (long)length));
        }

        return new TileTimes(tiles);
    }

    /// <summary>Removes the records of tiles that have no time in the given span.</summary>
    /// <param name="from">In milliseconds, inclusive.</param>
    /// <param name="until">In milliseconds, exclusive.</param>
    public void Restrict(EraBits bits, long from, long until)
    {
        for (var tile = 0; tile < _tiles.Length; tile++)
        {
            if (_tiles[tile].Last < from || _tiles[tile].First >= until)
            {
                bits.RemoveRange(tile * EraShape.Tile, Math.Min(bits.Length, (tile + 1) * EraShape.Tile));
            }
        }
    }

    private static ulong Checksum(ReadOnlySpan<byte> bytes, long origin) => XxHash64.Of(bytes[ChecksumLength..], unchecked((ulong)origin));
}
