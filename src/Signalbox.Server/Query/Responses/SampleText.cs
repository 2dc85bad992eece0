using System.Buffers.Text;
using System.Globalization;

namespace Signalbox.Server.Query.Responses;

/// <summary>Writes times and sample values in the form that Prometheus's JSON has them.</summary>
/// <remarks>
/// A value is the shortest text that reads back as the same float: plain between 1e-6 and 1e21, with an exponent of at least two digits outside.
/// Source: https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats
/// </remarks>
internal static class SampleText
{
    /// <summary>No value, time or pair of both is longer.</summary>
    public const int MaxLength = 64;

    /// <summary>Integers below this are exact, and faster to write than floats.</summary>
    private const double ExactIntegers = 1L << 53;

    /// <summary>Decimals of the short numbers that people and most sensors give; they are written as integers with a point.</summary>
    private const int ShortDecimals = 6;

    private const double ShortScale = 1e6;

    /// <summary>
    /// Below this a short number has at most 15 digits. No two decimals of so few digits are the same float, so one that reads back as the value is its shortest text.
    /// </summary>
    private const double ShortLimit = 1e15;

    /// <param name="milliseconds">Since the Unix epoch; written as seconds, with three decimals unless they are zero.</param>
    /// <returns>Bytes written.</returns>
    public static int WriteTime(Span<byte> destination, long milliseconds)
    {
        var written = 0;
        if (milliseconds < 0)
        {
            destination[written++] = (byte)'-';
        }

        var magnitude = milliseconds < 0 ? (ulong)-milliseconds : (ulong)milliseconds;
        Utf8Formatter.TryFormat(magnitude / 1000, destination[written..], out var digits);
        written += digits;
        var fraction = (int)(magnitude % 1000);
        if (fraction != 0)
        {
            destination[written++] = (byte)'.';
            destination[written++] = (byte)('0' + (fraction / 100));
            destination[written++] = (byte)('0' + (fraction / 10 % 10));
            destination[written++] = (byte)('0' + (fraction % 10));
        }

        return written;
    }

    /// <returns>Bytes written, without quotes.</returns>
    public static int WriteValue(Span<byte> destination, double value)
    {
        if (!double.IsFinite(value))
        {
            var name = double.IsNaN(value) ? "NaN"u8 : value > 0 ? "+Inf"u8 : "-Inf"u8;
            name.CopyTo(destination);
            return name.Length;
        }

        var magnitude = Math.Abs(value);
        if (magnitude < ExactIntegers && value == Math.Truncate(value) && (value != 0 || !double.IsNegative(value)))
        {
            Utf8Formatter.TryFormat((long)value, destination, out var length);
            return length;
        }

        var scaled = Math.Round(value * ShortScale);
        if (Math.Abs(scaled) is < ShortLimit and >= 1 && scaled / ShortScale == value)
        {
            return WriteShort(destination, (long)scaled);
        }

        return WriteAny(destination, value);
    }

    /// <summary>Writes <c>[time,"value"]</c>.</summary>
    /// <returns>Bytes written.</returns>
    public static int WritePair(Span<byte> destination, long milliseconds, double value)
    {
        destination[0] = (byte)'[';
        var written = 1 + WriteTime(destination[1..], milliseconds);
        destination[written++] = (byte)',';
        destination[written++] = (byte)'"';
        written += WriteValue(destination[written..], value);
        destination[written++] = (byte)'"';
        destination[written++] = (byte)']';
        return written;
    }

    /// <summary>Writes millionths as a number with a point, without zeros at its end.</summary>
    private static int WriteShort(Span<byte> destination, long millionths)
    {
        var written = 0;
        if (millionths < 0)
        {
            destination[written++] = (byte)'-';
            millionths = -millionths;
        }

        var (whole, fraction) = Math.DivRem(millionths, (long)ShortScale);
        Utf8Formatter.TryFormat(whole, destination[written..], out var digits);
        written += digits;
        destination[written++] = (byte)'.';
        for (var place = ShortDecimals - 1; place >= 0; place--)
        {
            destination[written + place] = (byte)('0' + (fraction % 10));
            fraction /= 10;
        }

        written += ShortDecimals;
        while (destination[written - 1] == '0')
        {
            written--;
        }

        return written;
    }

    private static int WriteAny(Span<byte> destination, double value)
    {
        Span<byte> shortest = stackalloc byte[32];
        value.TryFormat(shortest, out var written, "R", CultureInfo.InvariantCulture);
        shortest = shortest[..written];
        var magnitude = Math.Abs(value);
        var plain = magnitude == 0 || magnitude is >= 1e-6 and < 1e21;
        var exponentAt = shortest.IndexOf((byte)'E');
        if (exponentAt < 0)
        {
            // The shortest text has an exponent wherever Prometheus's has one, so this one is plain.
            shortest.CopyTo(destination);
            return shortest.Length;
        }

        var exponent = int.Parse(shortest[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return plain ? Expanded(shortest[..exponentAt], exponent, destination) : WithExponent(shortest[..exponentAt], exponent, destination);
    }

    /// <summary>Writes the mantissa <c>d.ddd</c> times ten to the exponent without an exponent.</summary>
    private static int Expanded(ReadOnlySpan<byte> mantissa, int exponent, Span<byte> destination)
    {
        Span<byte> digits = stackalloc byte[32];
        var (negative, count) = Digits(mantissa, digits);
        var written = 0;
        if (negative)
        {
            destination[written++] = (byte)'-';
        }

        if (exponent < 0)
        {
            destination[written++] = (byte)'0';
            destination[written++] = (byte)'.';
            destination.Slice(written, -exponent - 1).Fill((byte)'0');
            written += -exponent - 1;
            digits[..count].CopyTo(destination[written..]);
            return written + count;
        }

        var whole = Math.Min(count, exponent + 1);
        digits[..whole].CopyTo(destination[written..]);
        written += whole;
        destination.Slice(written, exponent + 1 - whole).Fill((byte)'0');
        written += exponent + 1 - whole;
        if (count > whole)
        {
            destination[written++] = (byte)'.';
            digits[whole..count].CopyTo(destination[written..]);
            written += count - whole;
        }

        return written;
    }

    private static int WithExponent(ReadOnlySpan<byte> mantissa, int exponent, Span<byte> destination)
    {
        mantissa.CopyTo(destination);
        var written = mantissa.Length;
        destination[written++] = (byte)'e';
        destination[written++] = exponent < 0 ? (byte)'-' : (byte)'+';
        Utf8Formatter.TryFormat(Math.Abs(exponent), destination[written..], out var length, new System.Buffers.StandardFormat('D', 2));
        return written + length;
    }

    private static (bool Negative, int Count) Digits(ReadOnlySpan<byte> mantissa, Span<byte> digits)
    {
        var count = 0;
        foreach (var c in mantissa)
        {
            if (c is >= (byte)'0' and <= (byte)'9')
            {
                digits[count++] = c;
            }
        }

        return (mantissa[0] == '-', count);
    }
}
