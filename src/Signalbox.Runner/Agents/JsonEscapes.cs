using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Signalbox.Runner.Agents;

/// <summary>What the escapes in a text of JSON stand for.</summary>
/// <remarks>Halves of surrogate pairs and bytes that are no UTF-8 become U+FFFD. Source: https://www.rfc-editor.org/rfc/rfc8259#section-7.</remarks>
internal static class JsonEscapes
{
    private const int Step = 32;

    /// <summary>For each letter that may stand behind a backslash what it stands for; 0 for all others, and for <c>u</c>.</summary>
    private static ReadOnlySpan<byte> Letters =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, (byte)'"', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)'/', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)'\\', 0, 0, 0,
        0, 0, (byte)'\b', 0, 0, 0, (byte)'\f', 0, 0, 0, 0, 0, 0, 0, (byte)'\n', 0, 0, 0, (byte)'\r', 0, (byte)'\t', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>What a letter behind a backslash stands for; 0 when it is none of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte StandsFor(byte letter) => letter < Letters.Length ? Letters[letter] : (byte)0;

    /// <summary>The character whose <c>\u</c> escape, or pair of them, the text begins with; goes behind it.</summary>
    public static Rune Read(ref ReadOnlySpan<byte> raw)
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

    /// <summary>The whole text, in one pass: what is ASCII becomes characters 32 at a time, and only what is not is looked at alone.</summary>
    /// <param name="raw">Its escapes have been found well-formed.</param>
    public static string Replace(ReadOnlySpan<byte> raw)
    {
        // No byte stands for more than one character, and a step may write behind the last.
        var buffer = ArrayPool<char>.Shared.Rent(raw.Length + Step);
        try
        {
            return new string(buffer, 0, Replace(raw, buffer));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Replace(ReadOnlySpan<byte> raw, Span<char> into)
    {
        var at = 0;
        var length = 0;
        while (at < raw.Length)
        {
            if (at + Step <= raw.Length)
            {
                var plain = Widen(raw.Slice(at, Step), MemoryMarshal.Cast<char, ushort>(into.Slice(length, Step)));
                at += plain;
                length += plain;
                if (plain == Step)
                {
                    continue;
                }
            }

            var next = raw[at];
            if (next == (byte)'\\' && StandsFor(raw[at + 1]) is var character and not 0)
            {
                into[length++] = (char)character;
                at += 2;
            }
            else if (next is < 0x80 and not (byte)'\\')
            {
                into[length++] = (char)next;
                at++;
            }
            else
            {
                length += Single(raw, ref at).EncodeToUtf16(into[length..]);
            }
        }

        return length;
    }

    private static Rune Single(ReadOnlySpan<byte> raw, ref int at)
    {
        var rest = raw[at..];
        if (rest[0] == (byte)'\\')
        {
            var escaped = Read(ref rest);
            at = raw.Length - rest.Length;
            return escaped;
        }

        _ = Rune.DecodeFromUtf8(rest, out var rune, out var taken);
        at += taken;
        return rune;
    }

    /// <summary>Writes a step's bytes as characters.</summary>
    /// <returns>How many come before the first backslash or byte beyond ASCII; those behind are not to be used.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Widen(ReadOnlySpan<byte> bytes, Span<ushort> into)
    {
        var part = Vector256.Create(bytes);
        var (low, high) = Vector256.Widen(part);
        low.CopyTo(into);
        high.CopyTo(into[Vector256<ushort>.Count..]);
        return BitOperations.TrailingZeroCount((part | Vector256.Equals(part, Vector256.Create((byte)'\\'))).ExtractMostSignificantBits());
    }

    private static char Hexadecimal(ReadOnlySpan<byte> digits) =>
        ushort.TryParse(digits[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? (char)value : '\uFFFD';
}
