using System.Globalization;

namespace Signalbox.PromQL;

/// <summary>Writes sample values as Prometheus's JSON does: the shortest decimal that reads back the same, without an exponent.</summary>
public static class FormatValue
{
    /// <summary>Longest text that <see cref="TryFloat"/> can write.</summary>
    public const int MaxLength = 345;

    public static string Float(double value)
    {
        Span<char> text = stackalloc char[MaxLength];
        _ = TryFloat(value, text, out var length);
        return text[..length].ToString();
    }

    /// <summary>Writes without allocating; false when <paramref name="destination"/> is too short.</summary>
    public static bool TryFloat(double value, Span<char> destination, out int length)
    {
        if (!double.IsFinite(value))
        {
            var name = double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
            length = name.Length;
            return name.AsSpan().TryCopyTo(destination);
        }

        Span<char> shortest = stackalloc char[32];
        _ = value.TryFormat(shortest, out var written, "R", CultureInfo.InvariantCulture);
        shortest = shortest[..written];
        var exponentAt = shortest.IndexOf('E');
        if (exponentAt < 0)
        {
            length = written;
            return shortest.TryCopyTo(destination);
        }

        var exponent = int.Parse(shortest[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return TryExpand(shortest[..exponentAt], exponent, destination, out length);
    }

    /// <summary>Go's <c>%g</c>: the shortest digits, with an exponent below −4 and from 21 on.</summary>
    internal static string General(double value)
    {
        if (!double.IsFinite(value))
        {
            return Float(value);
        }

        var magnitude = Math.Abs(value);
        if (magnitude == 0 || magnitude is >= 1e-4 and < 1e21)
        {
            return Float(value);
        }

        var scientific = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var digits = shortest.Contains('E', StringComparison.Ordinal) ? shortest[..shortest.IndexOf('E', StringComparison.Ordinal)] : shortest;
        var exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{digits}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    private static bool TryExpand(ReadOnlySpan<char> mantissa, int exponent, Span<char> destination, out int length)
    {
        length = 0;
        if (destination.Length < MaxLength)
        {
            return false;
        }

        if (mantissa[0] == '-')
        {
            destination[length++] = '-';
            mantissa = mantissa[1..];
        }

        var point = mantissa.IndexOf('.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var fraction = point < 0 ? [] : mantissa[(point + 1)..];
        var position = whole.Length + exponent;
        if (position <= 0)
        {
            destination[length++] = '0';
            destination[length++] = '.';
            destination.Slice(length, -position).Fill('0');
            length += -position;
        }

        var index = 0;
        foreach (var digits in (ReadOnlySpan<string>)[whole.ToString(), fraction.ToString()])
        {
            foreach (var digit in digits)
            {
                if (index > 0 && index == position)
                {
                    destination[length++] = '.';
                }

                destination[length++] = digit;
                index++;
            }
        }

        for (; index < position; index++)
        {
            destination[length++] = '0';
        }

        return true;
    }
}
