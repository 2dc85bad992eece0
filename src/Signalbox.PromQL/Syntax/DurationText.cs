using System.Globalization;
using System.Text;

namespace Signalbox.PromQL.Syntax;

/// <summary>Reads and writes durations such as <c>1h30m</c>.</summary>
internal static class DurationText
{
    private static readonly (string Unit, long Milliseconds)[] Units =
    [
        ("y", 365L * 86_400_000),
        ("w", 7L * 86_400_000),
        ("d", 86_400_000),
        ("h", 3_600_000),
        ("m", 60_000),
        ("s", 1_000),
        ("ms", 1),
    ];

    /// <summary>Reads units in falling order, each at most once.</summary>
    /// <returns>False when the text is not a duration or does not fit Prometheus's limit of 2^63 nanoseconds.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out long milliseconds)
    {
        milliseconds = 0;
        if (text is "0")
        {
            return true;
        }

        var position = 0;
        var next = 0;
        Int128 total = 0;
        while (position < text.Length)
        {
            var digits = position;
            while (position < text.Length && char.IsAsciiDigit(text[position]))
            {
                position++;
            }

            var number = text[digits..position];
            var unitStart = position;
            while (position < text.Length && char.IsAsciiLetterLower(text[position]))
            {
                position++;
            }

            var index = UnitIndex(text[unitStart..position]);
            if (number.Length is 0 or > 18 || index < next)
            {
                return false;
            }

            next = index + 1;
            total += (Int128)long.Parse(number, CultureInfo.InvariantCulture) * Units[index].Milliseconds;
        }

        milliseconds = (long)Int128.Min(total, long.MaxValue);
        return text.Length > 0 && total <= long.MaxValue / 1_000_000;
    }

    public static string Format(long milliseconds)
    {
        if (milliseconds == 0)
        {
            return "0s";
        }

        var text = new StringBuilder();
        var rest = milliseconds;
        if (rest < 0)
        {
            text.Append('-');
            rest = -rest;
        }

        foreach (var (unit, size) in Units)
        {
            // Years and weeks only when nothing is left over, so that 8d is not written as 1w1d.
            if (rest >= size && (unit is not ("y" or "w") || rest % size == 0))
            {
                text.Append(rest / size).Append(unit);
                rest %= size;
            }
        }

        return text.ToString();
    }

    private static int UnitIndex(ReadOnlySpan<char> unit)
    {
        for (var index = 0; index < Units.Length; index++)
        {
            if (unit.SequenceEqual(Units[index].Unit))
            {
                return index;
            }
        }

        return -1;
    }
}
