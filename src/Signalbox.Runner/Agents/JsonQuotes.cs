using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Signalbox.Runner.Agents;

/// <summary>Finds where a text of JSON ends, and sees on the way that it is one: 64 bytes at a time, however many escapes are in it.</summary>
internal static class JsonQuotes
{
    private const int Step = 64;

    /// <param name="start">Behind the opening quotation mark.</param>
    /// <param name="isEscaped">Whether there is a backslash in it.</param>
    /// <returns>Where the closing quotation mark is; negative when there is none, or when a control character or an escape that is none comes before it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int EndOf(ReadOnlySpan<byte> text, int start, out bool isEscaped)
    {
        isEscaped = false;
        var at = start;
        while (at + Step <= text.Length)
        {
            var part = text.Slice(at, Step);
            var found = Found(part) | ((ulong)Found(part[Vector256<byte>.Count..]) << Vector256<byte>.Count);
            at += Step;
            while (found != 0)
            {
                var place = at - Step + BitOperations.TrailingZeroCount(found);
                if (text[place] == (byte)'"')
                {
                    return place;
                }

                isEscaped = true;
                var behind = BehindEscape(text, place);
                if (behind < 0)
                {
                    return behind;
                }

                if (behind >= at)
                {
                    at = behind;
                    break;
                }

                found &= ulong.MaxValue << behind - (at - Step);
            }
        }

        return EndOfRest(text, at, ref isEscaped);
    }

    private static int EndOfRest(ReadOnlySpan<byte> text, int at, ref bool isEscaped)
    {
        while ((uint)at < (uint)text.Length)
        {
            var next = text[at];
            if (next == (byte)'"')
            {
                return at;
            }

            if (next is (byte)'\\' or < (byte)' ')
            {
                isEscaped = true;
                at = BehindEscape(text, at);
            }
            else
            {
                at++;
            }
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Found(ReadOnlySpan<byte> text)
    {
        var part = Vector256.Create(text);
        return (Vector256.Equals(part, Vector256.Create((byte)'"')) | Vector256.Equals(part, Vector256.Create((byte)'\\')) | Vector256.LessThan(part, Vector256.Create((byte)' ')))
            .ExtractMostSignificantBits();
    }

    /// <param name="place">Of the backslash.</param>
    /// <returns>Negative when it is none, or no escape.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int BehindEscape(ReadOnlySpan<byte> text, int place)
    {
        if (text[place] != (byte)'\\' || (uint)(place + 1) >= (uint)text.Length)
        {
            return -1;
        }

        var letter = text[place + 1];
        return JsonEscapes.StandsFor(letter) != 0 ? place + 2 : BehindNumber(text, place);
    }

    private static int BehindNumber(ReadOnlySpan<byte> text, int place)
    {
        if (text[place + 1] != (byte)'u' || place + 6 > text.Length)
        {
            return -1;
        }

        foreach (var digit in text.Slice(place + 2, 4))
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return -1;
            }
        }

        return place + 6;
    }
}
