using System.Globalization;
using System.Text;

namespace Signalbox.PromQL.Syntax;

/// <summary>Decodes quoted strings with Go's escapes, and writes them back.</summary>
/// <remarks>
/// A string may hold bytes that are not UTF-8 (<c>"\xff"</c>). Such a byte <c>b</c> is kept as the lone surrogate U+DC00 + b, so that nothing is lost and a name with one is recognised as invalid.
/// </remarks>
internal static class StringText
{
    private const char ByteBase = '\uDC00';

    public static bool IsValidUtf8(string value)
    {
        for (var index = 0; index < value.Length; index++)
        {
            if (char.IsHighSurrogate(value[index]) && index + 1 < value.Length && char.IsLowSurrogate(value[index + 1]))
            {
                index++;
            }
            else if (char.IsSurrogate(value[index]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text in double quotes, with every byte that is not UTF-8 as <c>\xNN</c>.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        for (var index = 0; index < value.Length; index++)
        {
            var c = value[index];
            if (char.IsHighSurrogate(c) && index + 1 < value.Length && char.IsLowSurrogate(value[index + 1]))
            {
                text.Append(c).Append(value[++index]);
                continue;
            }

            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\n' => text.Append("\\n"),
                '\t' => text.Append("\\t"),
                '\r' => text.Append("\\r"),
                < ' ' or '\x7f' => text.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                >= ByteBase and < (char)(ByteBase + 256) => text.Append(CultureInfo.InvariantCulture, $"\\x{c - ByteBase:x2}"),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }

    /// <summary>Decodes the inside of a string in single or double quotes.</summary>
    /// <returns>Null when an escape is wrong; <paramref name="error"/> then says which.</returns>
    public static string? Decode(ReadOnlySpan<char> body, char quote, out string error)
    {
        error = string.Empty;
        if (!body.Contains('\\'))
        {
            return body.ToString();
        }

        // Escapes may spell single bytes of a longer UTF-8 sequence, so the text is put together as bytes first.
        var bytes = new List<byte>(body.Length);
        Span<byte> encoded = stackalloc byte[4];
        for (var position = 0; position < body.Length;)
        {
            if (body[position] == '\\')
            {
                if (!TryEscape(body, ref position, quote, bytes))
                {
                    error = "unknown escape sequence";
                    return null;
                }

                continue;
            }

            _ = Rune.DecodeFromUtf16(body[position..], out var rune, out var consumed);
            position += consumed;
            var length = rune.EncodeToUtf8(encoded);
            bytes.AddRange(encoded[..length]);
        }

        return FromBytes(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes));
    }

    private static string FromBytes(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (bytes.Length > 0)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
                bytes = bytes[consumed..];
            }
            else
            {
                text.Append((char)(ByteBase + bytes[0]));
                bytes = bytes[1..];
            }
        }

        return text.ToString();
    }

    private static bool TryEscape(ReadOnlySpan<char> body, ref int position, char quote, List<byte> bytes)
    {
        if (position + 1 >= body.Length)
        {
            return false;
        }

        var c = body[position + 1];
        position += 2;
        var simple = "abfnrtv\\".IndexOf(c, StringComparison.Ordinal);
        if (simple >= 0)
        {
            bytes.Add((byte)"\a\b\f\n\r\t\v\\"[simple]);
            return true;
        }

        if (c == quote)
        {
            bytes.Add((byte)quote);
            return true;
        }

        return c switch
        {
            'x' => TryCode(body, ref position, 2, 16, bytes, isByte: true),
            'u' => TryCode(body, ref position, 4, 16, bytes, isByte: false),
            'U' => TryCode(body, ref position, 8, 16, bytes, isByte: false),
            >= '0' and <= '7' => TryOctal(body, ref position, bytes),
            _ => false,
        };
    }

    private static bool TryOctal(ReadOnlySpan<char> body, ref int position, List<byte> bytes)
    {
        position--;
        return TryCode(body, ref position, 3, 8, bytes, isByte: true);
    }

    private static bool TryCode(ReadOnlySpan<char> body, ref int position, int length, int radix, List<byte> bytes, bool isByte)
    {
        if (position + length > body.Length)
        {
            return false;
        }

        long code = 0;
        foreach (var digit in body.Slice(position, length))
        {
            var value = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : 99;
            if (value >= radix)
            {
                return false;
            }

            code = (code * radix) + value;
        }

        position += length;
        if (isByte)
        {
            bytes.Add((byte)code);
            return code <= 255;
        }

        if (!Rune.IsValid((int)Math.Min(code, int.MaxValue)))
        {
            return false;
        }

        Span<byte> encoded = stackalloc byte[4];
        bytes.AddRange(encoded[..new Rune((int)code).EncodeToUtf8(encoded)]);
        return true;
    }
}
