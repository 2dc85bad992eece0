using System.Globalization;
using System.Text;
using Signalbox.Server.Audit.Merkle;

namespace Signalbox.Server.Audit.Verification;

/// <summary>Up to 256 neighbouring events as they were read: their hashes, and what is wrong with their rows.</summary>
/// <param name="number">Of the tile on level 0.</param>
/// <param name="width">Events that it is to have.</param>
internal sealed class ScannedTile(long number, int width)
{
    private static readonly byte[] TimeMember = ",\"time\":\""u8.ToArray();
    private static readonly byte[] RotationStart = "{\"action\":\"audit.key.rotate\""u8.ToArray();
    private static readonly byte[] PruneStart = "{\"action\":\"audit.prune\""u8.ToArray();

    private int _next;
    private List<LogFault>? _faults;

    public long Number => number;

    public int Width => width;

    public long FirstSequence => number * MerkleTree.TileWidth;

    /// <summary>Hashes made of the events; zeroes where there is none.</summary>
    public byte[] Leaves { get; } = new byte[width * MerkleTree.HashSize];

    /// <summary>Hashes as they are kept; null when they are not.</summary>
    public byte[]? Stored { get; set; }

    public bool IsComplete { get; private set; } = true;

    /// <summary>Whether the log gave its payloads free while it was read, so that rows may be missing; what is left of them proves nothing.</summary>
    public bool IsGone { get; private set; }

    public IReadOnlyList<LogFault> Faults => _faults ?? [];

    /// <summary>New keys that records here tell of; null where none does.</summary>
    public List<AnnouncedKey>? Announced { get; private set; }

    /// <summary>Sequence up to which records here say that payloads were deleted; 0 where none does.</summary>
    public long PrunedUntil { get; private set; }

    /// <summary>Takes the next event in order.</summary>
    /// <param name="timeMs">As kept beside it; null where there is none.</param>
    /// <param name="leaf">As kept beside it; empty where there is none.</param>
    public void Add(long sequence, long? timeMs, ReadOnlySpan<byte> leaf, ReadOnlySpan<byte> body)
    {
        var index = (int)(sequence - FirstSequence);
        Miss(index);
        _next = index + 1;
        var hash = Leaves.AsSpan(index * MerkleTree.HashSize, MerkleTree.HashSize);
        MerkleTree.LeafHash(body, hash);
        if (!leaf.IsEmpty && !leaf.SequenceEqual(hash))
        {
            Fault(sequence, LogFaultKind.RowDiffers, "its bytes do not have the hash that is kept beside them");
        }

        if (timeMs is { } time && TimeOf(body) != time)
        {
            Fault(sequence, LogFaultKind.RowDiffers, "the time kept beside it is not the one in its bytes");
        }

        if (body.StartsWith(RotationStart))
        {
            if (AnnouncedKey.TryRead(sequence, body.ToArray()) is { } key)
            {
                (Announced ??= []).Add(key);
            }
        }
        else if (body.StartsWith(PruneStart))
        {
            PrunedUntil = Math.Max(PrunedUntil, PruneRecord.UntilOf(body.ToArray()));
        }
    }

    /// <summary>Says that missing rows were given free after the verification began: the hashes that are kept stand for the events, as for all that are gone.</summary>
    public void GiveFree()
    {
        IsGone = true;
        (Announced, PrunedUntil) = (null, 0);
        _faults?.RemoveAll(static fault => fault.Kind == LogFaultKind.RowMissing);
    }

    /// <summary>Says that no more events come.</summary>
    public void Complete() => Miss(width);

    /// <summary>The time in a record, in milliseconds; null when it has none. It is the last member of that name, because after it come only texts and a number.</summary>
    internal static long? TimeOf(ReadOnlySpan<byte> body)
    {
        var at = body.LastIndexOf(TimeMember);
        if (at < 0)
        {
            return null;
        }

        var text = body[(at + TimeMember.Length)..];
        var end = text.IndexOf((byte)'"');
        Span<char> characters = stackalloc char[32];
        return end is > 0 and <= 32
            && Encoding.UTF8.TryGetChars(text[..end], characters, out var count)
            && DateTimeOffset.TryParseExact(characters[..count], "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : null;
    }

    private void Miss(int until)
    {
        if (_next < until)
        {
            IsComplete = false;
            Fault(FirstSequence + _next, LogFaultKind.RowMissing, until - _next == 1 ? "its row is missing" : string.Create(CultureInfo.InvariantCulture, $"its row is missing, and {until - _next - 1} after it"));
            _next = until;
        }
    }

    private void Fault(long sequence, LogFaultKind kind, string what) => (_faults ??= []).Add(new LogFault(sequence, kind, string.Create(CultureInfo.InvariantCulture, $"Event {sequence}: {what}.")));
}
