using System.Buffers;
using System.Globalization;

namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>The lexical rules that both text formats share: names, numbers, escapes, type words.</summary>
internal static class ExpositionText
{
    public static readonly SearchValues<byte> MetricNameBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:"u8);

    public static readonly SearchValues<byte> LabelNameBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    private const NumberStyles RealStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789+-.eE"u8);

    /// <summary>Length of the name at the start of the text; 0 when there is none.</summary>
    public static int NameLength(ReadOnlySpan<byte> text, SearchValues<byte> bytes)
    {
        if (text.IsEmpty || char.IsAsciiDigit((char)text[0]))
        {
            return 0;
        }

        var end = text.IndexOfAnyExcept(bytes);
        return end < 0 ? text.Length : end;
    }

    /// <summary>Parses a decimal number, an infinity or a NaN; words in any case.</summary>
    public static bool TryParseNumber(ReadOnlySpan<byte> text, out double value)
    {
        if (TryParseDigits(text, out value) || TryParseReal(text, out value))
        {
            return true;
        }

        var word = text.Length > 0 && text[0] is (byte)'+' or (byte)'-' ? text[1..] : text;
        if (IsWord(word, "inf") || IsWord(word, "infinity"))
        {
            value = text[0] == (byte)'-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        value = double.NaN;
        return IsWord(text, "nan");
    }

    /// <summary>Parses a decimal number with optional sign, fraction and exponent, and nothing else.</summary>
    public static bool TryParseReal(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        return !text.IsEmpty
            && !text.ContainsAnyExcept(NumberBytes)
            && double.TryParse(text, RealStyle, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Undoes <c>\\</c>, <c>\n</c> and <c>\"</c>; any other backslash stands for itself.</summary>
    public static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)'\\'))
        {
            return text;
        }

        var result = new byte[text.Length];
        var length = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var current = text[index];
            if (current == '\\' && index + 1 < text.Length && text[index + 1] is (byte)'\\' or (byte)'n' or (byte)'"')
            {
                index++;
                current = text[index] == 'n' ? (byte)'\n' : text[index];
            }

            result[length++] = current;
        }

        return result.AsSpan(0, length);
    }

    /// <param name="allowUntyped">Whether <c>untyped</c>, the older word for unknown, is known.</param>
    public static MetricType? TypeOf(ReadOnlySpan<byte> word, bool allowUntyped)
    {
        if (allowUntyped && word.SequenceEqual("untyped"u8))
        {
            return MetricType.Unknown;
        }

        foreach (var type in Enum.GetValues<MetricType>())
        {
            if (word.SequenceEqual(WordOf(type)))
            {
                return type;
            }
        }

        return null;
    }

    public static ReadOnlySpan<byte> WordOf(MetricType type) => type switch
    {
        MetricType.Counter => "counter"u8,
        MetricType.Gauge => "gauge"u8,
        MetricType.Histogram => "histogram"u8,
        MetricType.GaugeHistogram => "gaugehistogram"u8,
        MetricType.Summary => "summary"u8,
        MetricType.Info => "info"u8,
        MetricType.StateSet => "stateset"u8,
        _ => "unknown"u8,
    };

    /// <summary>The common case, a whole number short enough to be exact.</summary>
    private static bool TryParseDigits(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        if (text.Length is 0 or > 15)
        {
            return false;
        }

        long whole = 0;
        foreach (var current in text)
        {
            var digit = (uint)(current - '0');
            if (digit > 9)
            {
                return false;
            }

            whole = (whole * 10) + digit;
        }

        value = whole;
        return true;
    }

    private static bool IsWord(ReadOnlySpan<byte> text, string word) => System.Text.Ascii.EqualsIgnoreCase(text, word);
}
