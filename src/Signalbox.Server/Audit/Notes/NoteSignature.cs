using System.Globalization;

namespace Signalbox.Server.Audit.Notes;

/// <summary>One signature line of a note.</summary>
/// <param name="Name">Of the key.</param>
/// <param name="KeyId">First four bytes of a hash over name, algorithm and public key.</param>
/// <param name="Bytes">What follows the id; its form depends on the key's algorithm.</param>
internal sealed record NoteSignature(string Name, uint KeyId, byte[] Bytes)
{
    private const string Start = "— ";
    private const int IdSize = 4;

    /// <summary>The whole line, with its end.</summary>
    public string Line()
    {
        var bytes = new byte[IdSize + Bytes.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Bytes.CopyTo(bytes, IdSize);
        return $"{Start}{Name} {Convert.ToBase64String(bytes)}\n";
    }

    /// <param name="line">Without its end.</param>
    /// <exception cref="NoteFormatException">It is not one.</exception>
    public static NoteSignature Parse(string line)
    {
        if (!line.StartsWith(Start, StringComparison.Ordinal))
        {
            throw new NoteFormatException("A signature line does not begin with a dash and a space.");
        }

        var rest = line[Start.Length..];
        var space = rest.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !IsName(rest[..space]))
        {
            throw new NoteFormatException("A signature line has no key name.");
        }

        var bytes = Base64Text.Decode(rest[(space + 1)..]) ?? throw new NoteFormatException($"The signature of {rest[..space]} is not base64.");
        if (bytes.Length <= IdSize)
        {
            throw new NoteFormatException($"The signature of {rest[..space]} is empty.");
        }

        return new NoteSignature(rest[..space], System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[IdSize..]);
    }

    /// <summary>Whether a text can be a key's name: not empty, without Unicode spaces and without a plus.</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && !text.Any(static c => c == '+' || char.IsWhiteSpace(c) || char.IsControl(c));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}+{KeyId:x8}");
}
