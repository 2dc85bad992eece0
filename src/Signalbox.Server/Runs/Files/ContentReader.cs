using System.Security.Cryptography;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Runs.Files;

/// <summary>Reads contents a few rows at a time, so that a large one is never in memory as a whole and no reader holds others up.</summary>
internal sealed class ContentReader(ControlDatabase database)
{
    private const int RowsAtOnce = 8;

    /// <summary>Hands the bytes from a place on to <paramref name="take"/>, piece by piece, until it has enough.</summary>
    /// <param name="take">Gets a piece and where it begins; returns whether it wants more.</param>
    /// <returns>Where the content ended, or the reader had enough.</returns>
    public async Task<long> ReadAsync(string contentId, long fromByte, Func<ReadOnlyMemory<byte>, long, ValueTask<bool>> take, CancellationToken cancellationToken)
    {
        while (true)
        {
            var from = fromByte;
            var rows = await database.ReadAsync(session => ContentStore.ListAsync(session, contentId, from, RowsAtOnce), cancellationToken);
            foreach (var row in rows)
            {
                var skipped = (int)Math.Max(0, fromByte - row.StartByte);
                var isEnough = !await take(row.Unpack().AsMemory(skipped), row.StartByte + skipped);
                fromByte = row.StartByte + row.Length;
                if (isEnough)
                {
                    return fromByte;
                }
            }

            if (rows.Count < RowsAtOnce)
            {
                return fromByte;
            }
        }
    }

    public async Task<byte[]> HashAsync(string contentId, long size, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await ReadAsync(
            contentId,
            0,
            (bytes, start) =>
            {
                hash.AppendData(bytes.Span);
                return ValueTask.FromResult(start + bytes.Length < size);
            },
            cancellationToken);
        return hash.GetHashAndReset();
    }

    /// <summary>Whether the content has these bytes at that place.</summary>
    public async Task<bool> HoldsAsync(string contentId, long start, ReadOnlyMemory<byte> expected, CancellationToken cancellationToken)
    {
        var (isSame, compared) = (true, 0);
        await ReadAsync(
            contentId,
            start,
            (bytes, _) =>
            {
                var length = Math.Min(bytes.Length, expected.Length - compared);
                isSame &= bytes.Span[..length].SequenceEqual(expected.Span.Slice(compared, length));
                compared += length;
                return ValueTask.FromResult(isSame && compared < expected.Length);
            },
            cancellationToken);
        return isSame && compared == expected.Length;
    }

    /// <summary>All of a content that is known to be small.</summary>
    public async Task<byte[]> ReadAllAsync(string contentId, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        await ReadAsync(
            contentId,
            0,
            (bytes, _) =>
            {
                whole.Write(bytes.Span);
                return ValueTask.FromResult(true);
            },
            cancellationToken);
        return whole.ToArray();
    }
}
