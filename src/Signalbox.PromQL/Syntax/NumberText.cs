using System.Globalization;

namespace Signalbox.PromQL.Syntax;

/// <summary>Reads numbers in the forms Go's <c>strconv</c> accepts: decimal, octal with a leading zero, hexadecimal integers and floats, underscores between digits.</summary>
internal static class NumberText
{
    public static bool TryParse(string text, out double value)
    {
        value = 0;
        if (text.Length == 0 || !UnderscoresSeparateDigits(text))
        {
            return TryNamed(text, out value);
        }

        var plain = text.Replace("_", string.Empty, StringComparison.Ordinal);
        if (plain.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return TryHexadecimal(plain.AsSpan(2), out value);
        }

        if (plain.Length > 1 && plain[0] == '0' && plain.All(static c => c is >= '0' and <= '7'))
        {
            value = plain.Aggregate(0.0, static (sum, digit) => (sum * 8) + (digit - '0'));
            return true;
        }

        return double.TryParse(
                plain,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out value) && char.IsAsciiDigit(plain.FirstOrDefault(char.IsAsciiLetterOrDigit))
            || TryNamed(plain, out value);
    }

    private static bool TryNamed(string text, out double value)
    {
        var sign = text.StartsWith('-') ? -1 : 1;
        switch (text.TrimStart('+', '-').ToLowerInvariant())
        {
            case "inf" or "infinity":
                value = sign * double.PositiveInfinity;
                return true;
            case "nan":
                value = double.NaN;
                return true;
            default:
                value = 0;
                return false;
        }
    }

    private static bool TryHexadecimal(ReadOnlySpan<char> digits, out double value)
    {
        value = 0;
        var scale = 0;
        var seen = false;
        var fraction = false;
        var position = 0;
        for (; position < digits.Length && digits[position] is not ('p' or 'P'); position++)
        {
            if (digits[position] == '.' && !fraction)
            {
                fraction = true;
                continue;
            }

            if (!char.IsAsciiHexDigit(digits[position]))
            {
                return false;
            }

            value = (value * 16) + Convert.ToInt32(digits[position].ToString(), 16);
            scale -= fraction ? 4 : 0;
            seen = true;
        }

        if (position < digits.Length)
        {
            if (!int.TryParse(digits[(position + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent))
            {
                return false;
            }

            scale = Math.Clamp(scale + Math.Clamp(exponent, -100_000, 100_000), -200_000, 200_000);
        }
        else if (fraction)
        {
            return false;
        }

        value = Math.ScaleB(value, scale);
        return seen;
    }

    private static bool UnderscoresSeparateDigits(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '_'
                && (index == 0 || index == text.Length - 1
                    || !(char.IsAsciiHexDigit(text[index - 1]) || text[index - 1] is 'x' or 'X')
                    || !char.IsAsciiHexDigit(text[index + 1])))
            {
                return false;
            }
        }

        return true;
    }
}
