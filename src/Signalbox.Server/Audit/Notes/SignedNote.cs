using System.Text;

namespace Signalbox.Server.Audit.Notes;

/// <summary>A text with signatures under it.</summary>
/// <param name="Text">Ends with a line feed.</param>
/// <remarks>Source: https://c2sp.org/signed-note@v1.0.0</remarks>
internal sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>Longest note that is read, in bytes.</summary>
    public const int MostBytes = 1 << 20;

    private const int MostSignatures = 100;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="NoteFormatException">It is not a signed note.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MostBytes)
        {
            throw new NoteFormatException($"The note has more than {MostBytes} bytes.");
        }

        try
        {
            return Parse(Strict.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            throw new NoteFormatException("The note is not UTF-8.");
        }
    }

    /// <exception cref="NoteFormatException">It is not a signed note.</exception>
    public static SignedNote Parse(string note)
    {
        if (note.Length > MostBytes)
        {
            throw new NoteFormatException($"The note has more than {MostBytes} characters.");
        }

        if (note.Any(static c => c < ' ' && c != '\n') || !note.EndsWith('\n'))
        {
            throw new NoteFormatException("The note holds control characters, or does not end with a line feed.");
        }

        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0)
        {
            throw new NoteFormatException("The note has no empty line between its text and its signatures.");
        }

        var lines = note[(split + 2)..].Split('\n')[..^1];
        if (lines.Length is 0 or > MostSignatures)
        {
            throw new NoteFormatException($"The note has {lines.Length} signatures; it needs one, and may have {MostSignatures}.");
        }

        return new SignedNote(note[..(split + 1)], [.. lines.Select(NoteSignature.Parse)]);
    }

    /// <summary>Those signatures that known keys made.</summary>
    /// <returns>Empty when no known key signed; a note without any is to be refused.</returns>
    /// <exception cref="NoteFormatException">A signature that claims to be of a known key is wrong: the whole note is to be refused.</exception>
    public IReadOnlyList<VerifiedSignature> Verify(IEnumerable<VerifierKey> keys)
    {
        var known = keys.ToList();
        var verified = new List<VerifiedSignature>();
        foreach (var signature in Signatures)
        {
            var key = known.Find(key => key.KeyId == signature.KeyId && key.Name == signature.Name);
            if (key is null || verified.Exists(earlier => earlier.Key.Equals(key)))
            {
                continue;
            }

            verified.Add(key.Verify(Text, signature) ?? throw new NoteFormatException($"The signature of {signature} is wrong."));
        }

        return verified;
    }

    public SignedNote With(NoteSignature signature) => this with { Signatures = [.. Signatures, signature] };

    public override string ToString() => Text + "\n" + string.Concat(Signatures.Select(static signature => signature.Line()));
}

/// <summary>A signature that was checked.</summary>
/// <param name="Time">When it was made, where the algorithm says so.</param>
internal sealed record VerifiedSignature(VerifierKey Key, DateTimeOffset? Time);
