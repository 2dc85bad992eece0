using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Notes;
using Signalbox.Server.Audit.Verification;
using Signalbox.Server.Platform;

namespace Signalbox.Server.Audit.Archives;

/// <summary>A log as an archive has it; read once from its beginning to its end.</summary>
internal sealed class ArchiveSource : ILogSource
{
    private const int LargestManifest = 4 << 20;
    private const int LargestCheckpoint = 1 << 16;

    /// <summary>As the writer ends a piece, with a last tile of the largest events.</summary>
    private const int LargestPiece = ArchiveWriter.PieceBytes + (MerkleTree.TileWidth << 16);
    private const int PiecesInFlight = 4;

    private readonly string _file;
    private readonly long _length;
    private readonly ArchiveUnzip _gzip;
    private readonly TarReader _tar;
    private readonly Dictionary<(int Level, long Number), byte[]> _tiles = [];
    private TarEntry? _entry;
    private ArchiveManifest? _manifest;

    private ArchiveSource(string file, FileStream stream)
    {
        _file = file;
        _length = stream.Length;
        _gzip = new ArchiveUnzip(stream);
        _tar = new TarReader(_gzip, leaveOpen: true);
    }

    /// <exception cref="StartupException">The file cannot be read, or is no archive.</exception>
    public static ArchiveSource Open(string file)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 20, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The archive cannot be read: {exception.Message}", exception);
        }

        Span<byte> header = stackalloc byte[ArchiveGzip.Header.Length];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header.SequenceEqual(ArchiveGzip.Header))
        {
            stream.Dispose();
            throw new StartupException($"{file} is not an archive as 'signalbox audit export' writes it, or its first bytes were changed.");
        }

        stream.Position = 0;
        return new ArchiveSource(file, stream);
    }

    public async Task<LogHead> HeadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(await ReadAsync(ArchivePaths.Manifest, LargestManifest, cancellationToken), ArchiveJson.Default.ArchiveManifest) ?? throw new InvalidDataException("its manifest is empty.");
            if (manifest.FormatName != ArchiveManifest.Format
                || manifest.From < 0 || manifest.From > manifest.Until || manifest.Until > manifest.Size
                || manifest.From % MerkleTree.TileWidth != 0 || (manifest.Until % MerkleTree.TileWidth != 0 && manifest.Until != manifest.Size))
            {
                throw new InvalidDataException("its manifest speaks of another form, or of a range that cannot be.");
            }

            // The archive has a hash for each full tile, and hashes cannot be packed: so it bounds what is allocated for them.
            if (manifest.Size / MerkleTree.TileWidth > _length / MerkleTree.HashSize)
            {
                throw new InvalidDataException($"its manifest speaks of {manifest.Size} events, and it is too small for their hashes.");
            }

            if (manifest.Keys.Any(static key => key is null))
            {
                throw new InvalidDataException("its manifest has a key that is none.");
            }

            _manifest = manifest;
            var checkpoint = Encoding.UTF8.GetString(await ReadAsync(ArchivePaths.Checkpoint, LargestCheckpoint, cancellationToken));
            await ReadTilesAsync(cancellationToken);
            return new LogHead
            {
                Tenant = manifest.Tenant,
                Size = manifest.Size,
                First = manifest.From,
                Until = manifest.Until,
                Checkpoint = checkpoint,
                Keys = [.. manifest.Keys.Select(static key => new KnownKey(VerifierKey.Parse(key.Key), key.CreatedAt, key.RetiredAt, key.Change))],
                HasAllTiles = false,
            };
        }
        catch (Exception exception) when (exception is JsonException or NoteFormatException or InvalidDataException or IOException or FormatException)
        {
            throw Broken(exception);
        }
    }

    public Task<IReadOnlyList<byte[]?>> TilesAsync(int level, long first, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<byte[]?>>([.. Enumerable.Range(0, count).Select(i => _tiles.GetValueOrDefault((level, first + i)))]);

    /// <remarks>One thread unpacks while the others hash.</remarks>
    public async Task ScanAsync(long from, long until, Action<ScannedTile> scanned, CancellationToken cancellationToken)
    {
        var pieces = Channel.CreateBounded<ArchivePiece>(PiecesInFlight);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(
            async () =>
            {
                try
                {
                    await foreach (var piece in pieces.Reader.ReadAllAsync(stop.Token))
                    {
                        piece.Scan(scanned);
                    }
                }
                catch
                {
                    await stop.CancelAsync();
                    throw;
                }
            },
            cancellationToken)).ToArray();
        try
        {
            await ReadPiecesAsync(from, until, pieces.Writer, stop.Token);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or FormatException)
        {
            throw Broken(exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A worker failed; its own exception is the one to tell.
        }
        finally
        {
            pieces.Writer.TryComplete();
        }

        await Task.WhenAll(workers);
    }

    public async ValueTask DisposeAsync()
    {
        await _tar.DisposeAsync();
        await _gzip.DisposeAsync();
    }

    private async Task ReadPiecesAsync(long from, long until, ChannelWriter<ArchivePiece> pieces, CancellationToken cancellationToken)
    {
        var expected = _manifest!.From;
        var tiles = new Dictionary<long, byte[]>();
        for (; _entry is not null; _entry = await _tar.GetNextEntryAsync(copyData: false, cancellationToken))
        {
            if (tiles.Count < ArchiveWriter.PieceTiles && _entry.Name == ArchivePaths.Tile(0, (expected / MerkleTree.TileWidth) + tiles.Count, MerkleTree.TileWidth))
            {
                tiles[(expected / MerkleTree.TileWidth) + tiles.Count] = await TileAsync(_entry, MerkleTree.TileWidth, cancellationToken);
                continue;
            }

            if (!ArchivePaths.TryReadEvents(_entry.Name, out var first) || first != expected)
            {
                throw new InvalidDataException($"{_entry.Name} does not belong where it stands.");
            }

            var piece = new ArchivePiece(first, _manifest.Size, await BytesAsync(_entry, LargestPiece, cancellationToken), tiles, _tiles.GetValueOrDefault((0, _manifest.Size / MerkleTree.TileWidth)));
            tiles = [];
            expected = piece.Until;
            if (piece.Until > from && first < until)
            {
                await pieces.WriteAsync(piece, cancellationToken);
            }
        }

        if (expected != _manifest.Until || tiles.Count > 0)
        {
            throw new InvalidDataException($"it ends with event {expected}; it should end with {_manifest.Until}.");
        }

        await _gzip.ReadToEndAsync(cancellationToken);
    }

    private async Task<byte[]> ReadAsync(string name, int most, CancellationToken cancellationToken)
    {
        var entry = await _tar.GetNextEntryAsync(copyData: false, cancellationToken);
        return entry is not null && entry.Name == name ? await BytesAsync(entry, most, cancellationToken) : throw new InvalidDataException($"{name} is not where it should be.");
    }

    /// <summary>Reads the tiles above the leaves, and the right edge: all of them, each once, in the order in which they are written.</summary>
    private async Task ReadTilesAsync(CancellationToken cancellationToken)
    {
        for (var level = TileBuilder.MostLevels - 1; level >= 0; level--)
        {
            // Full tiles of level 0 come with the events that they are about.
            var (edge, width) = TileBuilder.Edge(_manifest!.Size, level);
            for (var number = level > 0 ? 0 : edge; number < edge; number++)
            {
                await ReadTileAsync(level, number, MerkleTree.TileWidth, cancellationToken);
            }

            if (width > 0)
            {
                await ReadTileAsync(level, edge, width, cancellationToken);
            }
        }

        _entry = await _tar.GetNextEntryAsync(copyData: false, cancellationToken);
    }

    private async Task ReadTileAsync(int level, long number, int width, CancellationToken cancellationToken)
    {
        var name = ArchivePaths.Tile(level, number, width);
        var entry = await _tar.GetNextEntryAsync(copyData: false, cancellationToken);
        _tiles[(level, number)] = entry is not null && entry.Name == name ? await TileAsync(entry, width, cancellationToken) : throw new InvalidDataException($"{name} is not where it should be.");
    }

    private static async Task<byte[]> TileAsync(TarEntry entry, int width, CancellationToken cancellationToken)
    {
        var bytes = await BytesAsync(entry, width * MerkleTree.HashSize, cancellationToken);
        return bytes.Length == width * MerkleTree.HashSize ? bytes : throw new InvalidDataException($"{entry.Name} has not {width} hashes.");
    }

    private static async Task<byte[]> BytesAsync(TarEntry entry, int most, CancellationToken cancellationToken)
    {
        if (entry.EntryType != TarEntryType.RegularFile || entry.Length < 0 || entry.Length > most)
        {
            throw new InvalidDataException($"{entry.Name} is not a file, or is larger than {most} bytes.");
        }

        var bytes = new byte[entry.Length];
        if (entry.DataStream is { } data)
        {
            await data.ReadExactlyAsync(bytes, cancellationToken);
        }

        return bytes;
    }

    private StartupException Broken(Exception exception) => new($"The archive {_file} is damaged: {exception.Message}", exception);
}
