using System.Globalization;

namespace Signalbox.Settings;

/// <summary>Sizes as people write them: <c>512MiB</c>, <c>10GB</c>, <c>4096</c>.</summary>
/// <remarks>KB, MB, GB and TB are read as their binary forms, as Prometheus does.</remarks>
public static class SizeText
{
    private static readonly (string Unit, int Shift)[] Units =
    [
        ("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10), ("TB", 40), ("GB", 30), ("MB", 20), ("KB", 10), ("B", 0), (string.Empty, 0),
    ];

    public static bool TryParse(string? text, out long bytes)
    {
        bytes = 0;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var (unit, shift) = Units.First(unit => text.EndsWith(unit.Unit, StringComparison.Ordinal));
        var number = text.AsSpan(0, text.Length - unit.Length).TrimEnd(' ');
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value > long.MaxValue >> shift)
        {
            return false;
        }

        bytes = (long)(value * (1L << shift));
        return true;
    }

    public static string Format(long bytes)
    {
        foreach (var (unit, shift) in Units)
        {
            if (unit.Length == 3 && bytes >= 1L << shift && bytes % (1L << shift) == 0)
            {
                return (bytes >> shift).ToString(CultureInfo.InvariantCulture) + unit;
            }
        }

        return bytes.ToString(CultureInfo.InvariantCulture) + "B";
    }
}
