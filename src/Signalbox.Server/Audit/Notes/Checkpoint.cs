using System.Globalization;
using Signalbox.Server.Audit.Merkle;

namespace Signalbox.Server.Audit.Notes;

/// <summary>The state of a log: so many leaves, under this root.</summary>
/// <param name="Origin">Names the log for ever.</param>
/// <param name="Root">32 bytes.</param>
/// <param name="Extensions">Lines that say more; Signalbox writes none.</param>
/// <remarks>Source: https://c2sp.org/tlog-checkpoint@v1.0.0</remarks>
internal sealed record Checkpoint(string Origin, long Size, byte[] Root, IReadOnlyList<string> Extensions)
{
    public Checkpoint(string origin, long size, byte[] root)
        : this(origin, size, root, [])
    {
    }

    /// <param name="text">Of the note, with the last line's end.</param>
    /// <exception cref="NoteFormatException">It is not a checkpoint.</exception>
    public static Checkpoint Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length < 4 || lines[^1].Length > 0 || lines[..^1].Any(static line => line.Length == 0))
        {
            throw new NoteFormatException("A checkpoint has three lines or more, none of them empty.");
        }

        if (!TryParseSize(lines[1], out var size))
        {
            throw new NoteFormatException($"'{lines[1]}' is not a tree's size.");
        }

        return Base64Text.Decode(lines[2]) is { Length: MerkleTree.HashSize } root
            ? new Checkpoint(lines[0], size, root, lines[3..^1])
            : throw new NoteFormatException($"'{lines[2]}' is not a root: 32 bytes in base64.");
    }

    /// <summary>Reads a decimal number without a sign and without leading zeroes.</summary>
    public static bool TryParseSize(string text, out long size)
    {
        size = 0;
        return text.Length is > 0 and <= 19
            && text.All(char.IsAsciiDigit)
            && (text[0] != '0' || text.Length == 1)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size);
    }

    /// <summary>The note's text.</summary>
    public string ToText() =>
        string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n{string.Concat(Extensions.Select(static line => line + "\n"))}");

    public override string ToString() => ToText();
}
