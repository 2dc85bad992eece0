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
    /// <param name="announced">New keys that records of the log tell of, here or in what was verified before.</param>
    /// <param name="rootAt">The root that the tree had at a size; null when that is not known.</param>
    /// <param name="verified">Size up to which an earlier verification found the log right, so that what it was made of is not read again; 0 where none did.</param>
    public void Follow(IReadOnlyList<AnnouncedKey> announced, Func<long, byte[]?> rootAt, long verified)
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
                || !IsOfTheTree(change.Checkpoint, rootAt(change.Checkpoint.Size), verified)
                || !IsSignedBy(change.Note, Current)
                || !IsSignedBy(change.Note, [next.Key])
                || !announced.Any(record => record.Sequence < change.Checkpoint.Size && record.Key == next.Key.ToString()))
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

    /// <summary>Where the root is no longer known, the record that was found below it stands under a later one that a trusted key signed.</summary>
    private static bool IsOfTheTree(Checkpoint checkpoint, byte[]? root, long verified) =>
        root is null ? checkpoint.Size <= verified : root.AsSpan().SequenceEqual(checkpoint.Root);

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
}
