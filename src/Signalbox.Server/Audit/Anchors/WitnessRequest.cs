using System.Text;
using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Notes;

namespace Signalbox.Server.Audit.Anchors;

/// <summary>What is asked of a witness: to cosign a checkpoint that goes on from the one it knows.</summary>
/// <param name="Proof">Of consistency, from <paramref name="OldSize"/> on.</param>
/// <remarks>Source: https://c2sp.org/tlog-witness#add-checkpoint</remarks>
internal sealed record WitnessRequest(long OldSize, IReadOnlyList<byte[]> Proof, SignedNote Note, Checkpoint Checkpoint)
{
    private const string Old = "old ";
    private const int MostHashes = 63;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="NoteFormatException">It is not such a request.</exception>
    public static WitnessRequest Parse(ReadOnlySpan<byte> body)
    {
        string text;
        try
        {
            text = Strict.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            throw new NoteFormatException("The request is not UTF-8.");
        }

        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0)
        {
            throw new NoteFormatException("The request has no empty line before its checkpoint.");
        }

        var lines = text[..split].Split('\n');
        if (!lines[0].StartsWith(Old, StringComparison.Ordinal) || !Checkpoint.TryParseSize(lines[0][Old.Length..], out var oldSize))
        {
            throw new NoteFormatException("The request does not begin with the old size.");
        }

        if (lines.Length - 1 > MostHashes)
        {
            throw new NoteFormatException($"The proof has more than {MostHashes} hashes.");
        }

        var proof = lines[1..].Select(static line => Base64Text.Decode(line) is { Length: MerkleTree.HashSize } hash ? hash : throw new NoteFormatException("A line of the proof is not a hash in base64.")).ToList();
        var note = SignedNote.Parse(text[(split + 2)..]);
        return new WitnessRequest(oldSize, proof, note, Checkpoint.Parse(note.Text));
    }

    public static string Write(long oldSize, IEnumerable<byte[]> proof, string note) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Old}{oldSize}\n{string.Concat(proof.Select(static hash => Convert.ToBase64String(hash) + "\n"))}\n{note}");
}
