using System.Text.Json;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Notes;

namespace Signalbox.Server.Audit.Verification;

/// <summary>Decides whose signatures count: the keys that were given, and those that the log itself proves to have followed them.</summary>
/// <param name="given">From the command line or from an earlier verification; empty to believe the log the first time.</param>
internal sealed class KeyChain(IReadOnlyList<VerifierKey> given, IReadOnlyList<KnownKey> shown)
{
    private readonly List<VerifierKey> _trusted = [];

    public bool IsFirstUse { get; } = given.Count == 0;

    /// <summary>Keys that have to sign what is newest.</summary>
    public IReadOnlyList<VerifierKey> Current { get; private set; } = [.. given];

    /// <summary>Keys that may have signed what is older: nothing rests on them, but what they signed must still be right.</summary>
    public IReadOnlyList<VerifierKey> All => [.. Current.Concat(_trusted).Concat(shown.Select(static key => key.Key)).Distinct()];

    /// <summary>Sizes of the checkpoints that changes of keys rest on.</summary>
    public IEnumerable<long> Sizes => shown.Select(static key => TryRead(key.Change)?.Checkpoint.Size).OfType<long>();

    /// <summary>Follows the changes of keys from the given ones to those of today.</summary>
    /// <param name="rotations">Records of changes that were found in the log.</param>
    /// <param name="rootAt">The root that the tree had at a size; null when that is not known.</param>
    public void Follow(IReadOnlyList<(long Sequence, byte[] Body)> rotations, Func<long, byte[]?> rootAt)
    {
        if (IsFirstUse)
        {
            Current = [.. shown.Where(static key => key.RetiredAt is null).Select(static key => key.Key)];
            return;
        }

        _trusted.AddRange(Current);
        foreach (var next in shown.Where(key => key.Change is not null && !_trusted.Contains(key.Key)))
        {
            if (TryRead(next.Change) is not { } change
                || rootAt(change.Checkpoint.Size) is not { } root
                || !root.AsSpan().SequenceEqual(change.Checkpoint.Root)
                || !IsSignedBy(change.Note, Current)
                || !IsSignedBy(change.Note, [next.Key])
                || !rotations.Any(record => record.Sequence < change.Checkpoint.Size && NewKeyOf(record.Body) == next.Key.ToString()))
            {
                continue;
            }

            _trusted.Add(next.Key);
            Current = [next.Key];
        }
    }

    /// <summary>Whether one of these keys signed, and none that claims to be one of them is wrong.</summary>
    public static bool IsSignedBy(SignedNote note, IReadOnlyList<VerifierKey> keys)
    {
        try
        {
            return note.Verify(keys).Count > 0;
        }
        catch (NoteFormatException)
        {
            return false;
        }
    }

    private static (SignedNote Note, Checkpoint Checkpoint)? TryRead(string? text)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            var note = SignedNote.Parse(text);
            return (note, Checkpoint.Parse(note.Text));
        }
        catch (NoteFormatException)
        {
            return null;
        }
    }

    private static string? NewKeyOf(byte[] body)
    {
        try
        {
            using var record = JsonDocument.Parse(body);
            return record.RootElement.TryGetProperty("data", out var data) && data.TryGetProperty("newKey", out var key) ? key.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
