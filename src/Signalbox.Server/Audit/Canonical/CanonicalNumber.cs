using System.Buffers.Text;
using System.Globalization;

namespace Signalbox.Server.Audit.Canonical;

/// <summary>Writes a number as ECMAScript does: the shortest digits that read back as the same double.</summary>
/// <remarks>Source: https://tc39.es/ecma262/multipage/ecmascript-data-types-and-values.html#sec-numeric-types-number-tostring</remarks>
internal static class CanonicalNumber
{
    /// <summary>In bytes; the longest is a negative number with 17 digits and an exponent.</summary>
    public const int Longest = 32;

    /// <summary>Every integer up to here is a double of its own.</summary>
    public const long LargestInteger = 1L << 53;

    /// <returns>Bytes written.</returns>
    /// <exception cref="CanonicalJsonException">The number is not finite.</exception>
    public static int Write(double value, Span<byte> target)
    {
        if (!double.IsFinite(value))
        {
            throw new CanonicalJsonException("JSON has no form for a number that is not finite.");
        }

        if (value == Math.Truncate(value) && Math.Abs(value) <= LargestInteger)
        {
            Utf8Formatter.TryFormat((long)value, target, out var length);
            return length;
        }

        var position = 0;
        if (value < 0)
        {
            target[position++] = (byte)'-';
            value = -value;
        }

        Span<byte> text = stackalloc byte[Longest];
        value.TryFormat(text, out var written, "R", CultureInfo.InvariantCulture);
        Span<byte> digits = stackalloc byte[Longest];
        var (count, point) = Split(text[..written], digits);
        return position + Lay(digits[..count], point, target[position..]);
    }

    /// <summary>Takes a number apart into its digits, without zeros at either end, and the place of the decimal point counted from the first digit.</summary>
    private static (int Count, int Point) Split(ReadOnlySpan<byte> text, Span<byte> digits)
    {
        var exponent = 0;
        var e = text.IndexOf((byte)'E');
        if (e >= 0)
        {
            exponent = int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }

        var dot = text.IndexOf((byte)'.');
        var point = (dot < 0 ? text.Length : dot) + exponent;
        var count = 0;
        foreach (var digit in text)
        {
            if (digit == (byte)'.')
            {
                continue;
            }

            if (count == 0 && digit == (byte)'0')
            {
                point--;
                continue;
            }

            digits[count++] = digit;
        }

        while (digits[count - 1] == (byte)'0')
        {
            count--;
        }

        return (count, point);
    }

    private static int Lay(ReadOnlySpan<byte> digits, int point, Span<byte> target)
    {
        var count = digits.Length;
        if (point is > 21 or < -5)
        {
            return LayExponent(digits, point - 1, target);
        }

        if (point <= 0)
        {
            "0."u8.CopyTo(target);
            target.Slice(2, -point).Fill((byte)'0');
            digits.CopyTo(target[(2 - point)..]);
            return 2 - point + count;
        }

        if (count <= point)
        {
            digits.CopyTo(target);
            target[count..point].Fill((byte)'0');
            return point;
        }

        digits[..point].CopyTo(target);
        target[point] = (byte)'.';
        digits[point..].CopyTo(target[(point + 1)..]);
        return count + 1;
    }

    private static int LayExponent(ReadOnlySpan<byte> digits, int exponent, Span<byte> target)
    {
        var position = 0;
        target[position++] = digits[0];
        if (digits.Length > 1)
        {
            target[position++] = (byte)'.';
            digits[1..].CopyTo(target[position..]);
            position += digits.Length - 1;
        }

        target[position++] = (byte)'e';
        target[position++] = (byte)(exponent < 0 ? '-' : '+');
        Utf8Formatter.TryFormat(Math.Abs(exponent), target[position..], out var written);
        return position + written;
    }
}
