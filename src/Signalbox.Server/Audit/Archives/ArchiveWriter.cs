using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Signalbox.Server.Audit.Merkle;

namespace Signalbox.Server.Audit.Archives;

/// <summary>Writes a part of a log, or all of it, as a file that proves itself: events, the hashes that join them to the root, and the signed checkpoint.</summary>
/// <remarks>
/// A gzipped tar: <c>manifest.json</c>, <c>checkpoint</c>, the tiles from the topmost level down to level 1 and the right edge, and then for each piece of
/// the log its tiles of level 0 and its events, one a line, byte for byte as they are kept. It is written as it goes; nothing is held but one piece.
/// </remarks>
internal sealed class ArchiveWriter(IArchiveContent content)
{
    /// <summary>Tiles of events in one piece, unless they are large.</summary>
    public const int PieceTiles = 64;

    /// <summary>A piece that has become so large ends with its tile.</summary>
    public const int PieceBytes = 16 << 20;

    private static readonly DateTimeOffset NoTime = DateTimeOffset.UnixEpoch;

    /// <param name="manifest">Its range is from a multiple of 256 to another, or to the size.</param>
    /// <param name="checkpoint">The signed note of exactly the manifest's size.</param>
    /// <exception cref="InvalidDataException">Something that should be there is not, such as events that were pruned meanwhile.</exception>
    public async Task WriteAsync(ArchiveManifest manifest, string checkpoint, Stream output, CancellationToken cancellationToken)
    {
        await using var gzip = new GZipStream(new ArchiveGzip(output), CompressionLevel.Fastest);
        await using var tar = new TarWriter(gzip, TarEntryFormat.Ustar, leaveOpen: true);
        await AddAsync(tar, ArchivePaths.Manifest, JsonSerializer.SerializeToUtf8Bytes(manifest, ArchiveJson.Default.ArchiveManifest), cancellationToken);
        await AddAsync(tar, ArchivePaths.Checkpoint, Encoding.UTF8.GetBytes(checkpoint), cancellationToken);
        await AddTilesAsync(tar, manifest, cancellationToken);
        await AddEventsAsync(tar, manifest, cancellationToken);
    }

    private async Task AddTilesAsync(TarWriter tar, ArchiveManifest manifest, CancellationToken cancellationToken)
    {
        var proofs = new ProofBuilder(content, manifest.Size);
        for (var level = TileBuilder.MostLevels - 1; level >= 0; level--)
        {
            var (edge, width) = TileBuilder.Edge(manifest.Size, level);
            for (var number = 0L; level > 0 && number < edge; number++)
            {
                await AddAsync(tar, ArchivePaths.Tile(level, number, MerkleTree.TileWidth), (await content.FullTilesAsync(level, number, 1, cancellationToken))[0], cancellationToken);
            }

            if (width > 0)
            {
                await AddAsync(tar, ArchivePaths.Tile(level, edge, width), await proofs.TileAsync(level, edge, width, cancellationToken), cancellationToken);
            }
        }
    }

    private async Task AddEventsAsync(TarWriter tar, ArchiveManifest manifest, CancellationToken cancellationToken)
    {
        using var lines = new MemoryStream();
        var start = manifest.From;
        for (var sequence = manifest.From; sequence < manifest.Until;)
        {
            var count = (int)Math.Min(MerkleTree.TileWidth, manifest.Until - sequence);
            var events = await content.EventsAsync(sequence, count, cancellationToken);
            if (events.Count != count || events[0].Sequence != sequence)
            {
                throw new InvalidDataException($"Events from {sequence} on are gone: they were pruned while the log was exported, or deleted. Export again.");
            }

            foreach (var stored in events)
            {
                lines.Write(stored.Body);
                lines.WriteByte((byte)'\n');
            }

            sequence += count;
            if (sequence >= manifest.Until || (sequence - start) >= PieceTiles * MerkleTree.TileWidth || lines.Length >= PieceBytes)
            {
                await AddPieceAsync(tar, start, sequence, lines, cancellationToken);
                start = sequence;
            }
        }
    }

    private async Task AddPieceAsync(TarWriter tar, long from, long until, MemoryStream lines, CancellationToken cancellationToken)
    {
        var first = from / MerkleTree.TileWidth;
        var tiles = await content.FullTilesAsync(0, first, (int)((until / MerkleTree.TileWidth) - first), cancellationToken);
        for (var i = 0; i < tiles.Count; i++)
        {
            await AddAsync(tar, ArchivePaths.Tile(0, first + i, MerkleTree.TileWidth), tiles[i], cancellationToken);
        }

        await AddAsync(tar, ArchivePaths.EventsFrom(from), lines.ToArray(), cancellationToken);
        lines.SetLength(0);
    }

    private static async Task AddAsync(TarWriter tar, string name, byte[] bytes, CancellationToken cancellationToken)
    {
        using var data = new MemoryStream(bytes, writable: false);
        await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = data, ModificationTime = NoTime, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite }, cancellationToken);
    }
}
