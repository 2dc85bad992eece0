namespace Signalbox.Server.Audit.Verification;

/// <summary>A log that can be read for verification: a database, an archive, a server.</summary>
internal interface ILogSource : IAsyncDisposable
{
    Task<LogHead> HeadAsync(CancellationToken cancellationToken);

    /// <summary>Tiles of one level as they are kept.</summary>
    /// <returns>One for each that was asked for; null where there is none. A tile at the right edge may be partial.</returns>
    Task<IReadOnlyList<byte[]?>> TilesAsync(int level, long first, int count, CancellationToken cancellationToken);

    /// <summary>Reads and hashes events, a tile of 256 at a time.</summary>
    /// <param name="from">A multiple of 256, or <paramref name="until"/> where there is nothing to read.</param>
    /// <param name="until">A multiple of 256 or the log's size.</param>
    /// <param name="scanned">Takes each tile once, in any order, on any thread.</param>
    Task ScanAsync(long from, long until, Action<ScannedTile> scanned, CancellationToken cancellationToken);
}
