using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Signalbox.Runner.Agents;

/// <summary>Reads the strings of a JSON text to a bound, and those that are not Unicode, too, which <see cref="Utf8JsonReader"/> itself refuses.</summary>
/// <remarks>
/// Agents write what tools gave them: bytes that are no UTF-8, and halves of surrogate pairs where a text was cut within one. Both become U+FFFD here.
/// </remarks>
internal static class JsonTexts
{
    /// <summary>Bytes of UTF-8 that are kept of one text; a mark with its whole length follows.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The text of the current string or property name.</summary>
    /// <param name="maxBytes">Of UTF-8; longer texts are cut and marked.</param>
    public static string Read(ref Utf8JsonReader reader, int maxBytes = MaxBytes)
    {
        var raw = reader.ValueSpan;
        if (!reader.ValueIsEscaped)
        {
            return raw.Length <= maxBytes ? Encoding.UTF8.GetString(raw) : Cut(raw, maxBytes, raw.Length);
        }

        // An escape is never shorter than what it stands for, so this is enough for the whole text or for the bound and the character that passes it.
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(raw.Length, maxBytes + 8));
        try
        {
            var length = Unescape(raw, buffer, maxBytes);
            return length <= maxBytes ? Encoding.UTF8.GetString(buffer.AsSpan(0, length)) : Cut(buffer.AsSpan(0, length), maxBytes, raw.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>A text that was read by other means, cut to as many characters.</summary>
    public static string Bound(string text) => text.Length <= MaxBytes
        ? text
        : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, char.IsHighSurrogate(text[MaxBytes - 1]) ? MaxBytes - 1 : MaxBytes)}… [cut: {text.Length} characters]");

    private static string Cut(ReadOnlySpan<byte> text, int maxBytes, int wholeLength)
    {
        var end = maxBytes;
        while (end > 0 && (text[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetString(text[..end])}… [cut: {wholeLength} bytes]");
    }

    /// <returns>The length written: above <paramref name="maxBytes"/> when the text was not read to its end.</returns>
    private static int Unescape(ReadOnlySpan<byte> raw, Span<byte> into, int maxBytes)
    {
        var length = 0;
        while (length <= maxBytes)
        {
            var plain = raw.IndexOf((byte)'\\');
            var take = Math.Min(plain < 0 ? raw.Length : plain, maxBytes + 1 - length);
            raw[..take].CopyTo(into[length..]);
            length += take;
            if (take != plain)
            {
                break;
            }

            var letter = raw[plain + 1];
            if (letter == (byte)'u')
            {
                raw = raw[plain..];
                length += length <= maxBytes ? ReadEscape(ref raw).EncodeToUtf8(into[length..]) : 0;
            }
            else
            {
                into[length++] = Unescaped(letter);
                raw = raw[(plain + 2)..];
            }
        }

        return length;
    }

    private static byte Unescaped(byte letter) => letter switch
    {
        (byte)'n' => (byte)'\n',
        (byte)'t' => (byte)'\t',
        (byte)'r' => (byte)'\r',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        _ => letter,
    };

    /// <summary>What four hexadecimal digits stand for, or eight of a pair.</summary>
    private static Rune ReadEscape(ref ReadOnlySpan<byte> raw)
    {
        var first = Hexadecimal(raw[2..]);
        raw = raw[6..];
        if (!char.IsSurrogate(first))
        {
            return new Rune(first);
        }

        if (char.IsHighSurrogate(first) && raw.StartsWith("\\u"u8))
        {
            var second = Hexadecimal(raw[2..]);
            if (char.IsLowSurrogate(second))
            {
                raw = raw[6..];
                return new Rune(first, second);
            }
        }

        return Rune.ReplacementChar;
    }

    private static char Hexadecimal(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits[..4], out ushort value, out var used, 'x') && used == 4 ? (char)value : '\uFFFD';
}
