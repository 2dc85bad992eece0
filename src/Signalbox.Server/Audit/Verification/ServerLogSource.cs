using System.Buffers.Binary;
using System.Net;
using Signalbox.Server.Audit.Archives;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Notes;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Client;

namespace Signalbox.Server.Audit.Verification;

/// <summary>A log as a running server gives it, tile by tile.</summary>
/// <remarks>Source: https://c2sp.org/tlog-tiles</remarks>
internal sealed class ServerLogSource(ApiClient api) : ILogSource
{
    private const string Root = "api/v1/audit/";
    private const int RequestsAtOnce = 4;
    private const int LengthSize = sizeof(ushort);

    private long _size;
    private long _first;

    public async Task<LogHead> HeadAsync(CancellationToken cancellationToken)
    {
        using var response = await api.SendAsync(HttpMethod.Get, Root + "checkpoint", content: null, cancellationToken);
        await ApiClient.EnsureSuccessAsync(response, cancellationToken);
        var note = await response.Content.ReadAsStringAsync(cancellationToken);
        var keys = await api.SendAsync(HttpMethod.Get, Root + "keys", content: null, AuditJson.Default.AuditKeyList, cancellationToken);
        Checkpoint checkpoint;
        try
        {
            checkpoint = Checkpoint.Parse(SignedNote.Parse(note).Text);
        }
        catch (NoteFormatException exception)
        {
            throw new StartupException($"The server's checkpoint is not one: {exception.Message}", exception);
        }

        _size = checkpoint.Size;
        return new LogHead
        {
            Tenant = checkpoint.Origin[(checkpoint.Origin.LastIndexOf('/') + 1)..],
            Size = _size,
            First = _first = await FirstAsync(cancellationToken),
            Until = _size,
            Checkpoint = note,
            Keys = [.. keys.Items.Select(static key => new KnownKey(VerifierKey.Parse(key.VerifierKey), key.CreatedAt, key.RetiredAt, key.Change)).OrderBy(static key => key.CreatedAt)],
            HasAllTiles = true,
            TellsWhatIsGone = true,
        };
    }

    public async Task<IReadOnlyList<byte[]?>> TilesAsync(int level, long first, int count, CancellationToken cancellationToken)
    {
        var tiles = new byte[]?[count];
        var (edge, width) = TileBuilder.Edge(_size, level);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce, CancellationToken = cancellationToken },
            async (i, token) => tiles[i] = await GetAsync(ArchivePaths.Tile(level, first + i, first + i == edge ? width : MerkleTree.TileWidth), token));
        return tiles;
    }

    public Task ScanAsync(long from, long until, Action<ScannedTile> scanned, CancellationToken cancellationToken)
    {
        if (from >= until)
        {
            return Task.CompletedTask;
        }

        var first = from / MerkleTree.TileWidth;
        var last = (until + MerkleTree.TileWidth - 1) / MerkleTree.TileWidth;
        return Parallel.ForEachAsync(
            Enumerable.Range(0, (int)(last - first)),
            new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                var number = first + i;
                var width = (int)Math.Min(MerkleTree.TileWidth, until - (number * MerkleTree.TileWidth));
                var tile = new ScannedTile(number, width);
                var entries = await GetAsync(EntriesPath(number, width), token);
                tile.Stored = await GetAsync(ArchivePaths.Tile(0, number, width), token);
                Read(tile, entries ?? []);
                if (entries is null && await IsGoneAsync(tile.FirstSequence, token))
                {
                    tile.GiveFree();
                }

                scanned(tile);
            });
    }

    public ValueTask DisposeAsync()
    {
        api.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string EntriesPath(long number, int width) => ArchivePaths.Tiles + "entries" + ArchivePaths.Tile(0, number, width)[(ArchivePaths.Tiles.Length + 1)..];

    /// <summary>Takes the entries of a bundle, each after its length.</summary>
    private static void Read(ScannedTile tile, ReadOnlySpan<byte> bundle)
    {
        for (var i = 0; i < tile.Width && bundle.Length >= LengthSize; i++)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle);
            if (bundle.Length < LengthSize + length)
            {
                break;
            }

            tile.Add(tile.FirstSequence + i, timeMs: null, leaf: [], bundle.Slice(LengthSize, length));
            bundle = bundle[(LengthSize + length)..];
        }

        tile.Complete();
    }

    /// <summary>Whether an event was pruned since the verification began.</summary>
    private async Task<bool> IsGoneAsync(long sequence, CancellationToken cancellationToken)
    {
        if (sequence >= Volatile.Read(ref _first))
        {
            Volatile.Write(ref _first, await FirstAsync(cancellationToken));
        }

        return sequence < Volatile.Read(ref _first);
    }

    /// <summary>The first event whose payload is there, by halving: what is pruned goes in whole tiles, the oldest first.</summary>
    private async Task<long> FirstAsync(CancellationToken cancellationToken)
    {
        var (low, high) = (0L, (_size + MerkleTree.TileWidth - 1) / MerkleTree.TileWidth);
        while (low < high)
        {
            // The oldest is asked for first: most logs have it.
            var middle = low == 0 ? 0 : low + ((high - low) / 2);
            var width = (int)Math.Min(MerkleTree.TileWidth, _size - (middle * MerkleTree.TileWidth));
            if (await GetAsync(EntriesPath(middle, width), cancellationToken) is not null)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return Math.Min(_size, low * MerkleTree.TileWidth);
    }

    /// <returns>Null when the server does not have it.</returns>
    private async Task<byte[]?> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await api.SendAsync(HttpMethod.Get, Root + path, content: null, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return null;
        }

        await ApiClient.EnsureSuccessAsync(response, cancellationToken);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }
}
