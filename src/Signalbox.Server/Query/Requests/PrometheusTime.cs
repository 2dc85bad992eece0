using System.Globalization;
using Signalbox.Settings;

namespace Signalbox.Server.Query.Requests;

/// <summary>Times and durations as Prometheus's API takes them.</summary>
/// <remarks>Times are Unix seconds with decimals, or RFC 3339; durations are seconds with decimals, or texts such as <c>5m</c>.</remarks>
internal static class PrometheusTime
{
    /// <summary>The earliest time the API knows, in milliseconds since the Unix epoch.</summary>
    public const long Earliest = -9_223_309_901_257_974_000;

    /// <summary>The latest time the API knows, in milliseconds since the Unix epoch.</summary>
    public const long Latest = 9_223_309_901_257_974_999;

    private const string EarliestText = "-292273086-05-16T16:47:06Z";
    private const string LatestText = "292277025-08-18T07:12:54.999999999Z";

    /// <summary>Digits of a second's fraction that <see cref="DateTimeOffset"/> holds.</summary>
    private const int FractionDigits = 7;

    /// <param name="milliseconds">Since the Unix epoch, rounded to the nearest.</param>
    public static bool TryParse(string text, out long milliseconds)
    {
        milliseconds = 0;
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var seconds))
        {
            var whole = Math.Truncate(seconds);
            if (!(Math.Abs(whole) < Latest / 1000))
            {
                return false;
            }

            milliseconds = ((long)whole * 1000) + (long)Math.Round((seconds - whole) * 1000, MidpointRounding.AwayFromZero);
            return true;
        }

        if (text is EarliestText or LatestText)
        {
            milliseconds = text == EarliestText ? Earliest : Latest;
            return true;
        }

        return TryParseRfc3339(text, out milliseconds);
    }

    /// <summary>Reads a duration to the millisecond; what is shorter becomes zero.</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var seconds))
        {
            duration = TimeSpan.Zero;
            if (!(Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds / 2))
            {
                return false;
            }

            duration = TimeSpan.FromMilliseconds(Math.Truncate(seconds * 1000));
            return true;
        }

        return DurationText.TryParse(text, out duration);
    }

    private static bool TryParseRfc3339(string text, out long milliseconds)
    {
        milliseconds = 0;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point > 0)
        {
            var end = point + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            text = end - point - 1 > FractionDigits ? text.Remove(point + 1 + FractionDigits, end - point - 1 - FractionDigits) : text;
        }

        // The format's K also accepts a missing offset, which RFC 3339 does not.
        var hasOffset = text.Length > 19 && (text[^1] == 'Z' || (text[^3] == ':' && text[^6] is '+' or '-'));
        if (!hasOffset || !DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return false;
        }

        milliseconds = time.ToUnixTimeMilliseconds();
        return true;
    }
}
