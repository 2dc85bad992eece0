namespace Signalbox.Server.Audit.Merkle;

/// <summary>Where the hashes of one log come from: a database, an archive, another server.</summary>
internal interface ITileReader
{
    /// <summary>Full tiles of one level.</summary>
    /// <param name="first">Number of the first.</param>
    /// <returns>As many as were asked for, in order, 8,192 bytes each.</returns>
    /// <exception cref="InvalidDataException">One is missing or has another length.</exception>
    Task<IReadOnlyList<byte[]>> FullTilesAsync(int level, long first, int count, CancellationToken cancellationToken);

    /// <summary>Leaf hashes of the right edge, which are in no full tile yet.</summary>
    /// <param name="first">Sequence of the first, a multiple of 256.</param>
    /// <param name="count">1 to 255.</param>
    /// <returns>32 bytes each, one after the other.</returns>
    /// <exception cref="InvalidDataException">One is missing or has another length.</exception>
    Task<byte[]> EdgeLeavesAsync(long first, int count, CancellationToken cancellationToken);
}
