using System.Globalization;
using System.Xml;

namespace Signalbox.Settings;

/// <summary>Durations as people write them in Prometheus's files: <c>90s</c>, <c>1h30m</c>, <c>15d</c>.</summary>
public static class DurationText
{
    private static readonly (string Unit, long Milliseconds)[] Units =
    [
        ("y", 365L * 86_400_000), ("w", 7L * 86_400_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ];

    /// <summary>Reads units from the largest to the smallest, each at most once; a bare <c>0</c> is allowed.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        if (text == "0")
        {
            return true;
        }

        var rest = text.AsSpan();
        var total = 0L;
        var next = 0;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is <= 0 or > 15)
            {
                return false;
            }

            var number = long.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            rest = rest[digits..];
            var length = Math.Min(rest.Length, rest.StartsWith("ms", StringComparison.Ordinal) ? 2 : 1);
            var unit = UnitIndex(rest[..length]);
            if (unit < next || number > long.MaxValue / 4 / Units[unit].Milliseconds || total > TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMillisecond / 2)
            {
                return false;
            }

            total += number * Units[unit].Milliseconds;
            next = unit + 1;
            rest = rest[length..];
        }

        if (total > TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMillisecond)
        {
            return false;
        }

        duration = TimeSpan.FromMilliseconds(total);
        return true;
    }

    /// <summary>Reads what <see cref="TryParse"/> reads and ISO 8601 (<c>PT90S</c>, <c>P90D</c>), as requests may hold either.</summary>
    public static bool TryParseWire(string? text, out TimeSpan duration)
    {
        if (TryParse(text, out duration))
        {
            return true;
        }

        if (text is not { Length: <= 64 } || !text.StartsWith('P'))
        {
            return false;
        }

        try
        {
            duration = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            // XmlConvert has no TryParse; the caller says what is allowed.
            return false;
        }
    }

    public static string Format(TimeSpan duration)
    {
        var rest = (long)duration.TotalMilliseconds;
        if (rest == 0)
        {
            return "0s";
        }

        var text = rest < 0 ? "-" : string.Empty;
        rest = Math.Abs(rest);
        foreach (var (unit, milliseconds) in Units)
        {
            if (unit != "w" && unit != "y" && rest >= milliseconds)
            {
                text += (rest / milliseconds).ToString(CultureInfo.InvariantCulture) + unit;
                rest %= milliseconds;
            }
        }

        return text;
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
