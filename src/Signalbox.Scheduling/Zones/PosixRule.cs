using System.Globalization;

namespace Signalbox.Scheduling;

/// <summary>The rule with which a compiled zone goes on after the last change that it lists, such as <c>IST-2IDT,M3.4.4/26,M10.5.0</c>.</summary>
/// <remarks>
/// The runtime reads these rules too, but leaves out whole days of times such as 24:00, 26:00 and −1:00, so that Santiago, Cairo and Jerusalem change on the
/// wrong day. Source: https://www.rfc-editor.org/rfc/rfc8536#section-3.3.1
/// </remarks>
internal sealed class PosixRule
{
    private const int MostHours = 168;

    private readonly int _standard;
    private readonly int _summer;
    private readonly PosixDate? _start;
    private readonly PosixDate? _end;

    private PosixRule(int standard, int summer, PosixDate? start, PosixDate? end)
    {
        _standard = standard;
        _summer = summer;
        _start = start;
        _end = end;
    }

    /// <exception cref="FormatException">The text is not such a rule.</exception>
    public static PosixRule Parse(string text)
    {
        var at = SkipName(text, 0);
        var standard = -ReadTime(text, ref at);
        if (at == text.Length)
        {
            return new PosixRule(standard, standard, null, null);
        }

        at = SkipName(text, at);
        var summer = at < text.Length && text[at] != ',' ? -ReadTime(text, ref at) : standard + 3600;
        var dates = text[at..].Split(',');
        return dates.Length == 3 && dates[0].Length == 0
            ? new PosixRule(standard, summer, PosixDate.Parse(dates[1]), PosixDate.Parse(dates[2]))
            : throw new FormatException($"'{text}' names no two dates.");
    }

    /// <summary>The offset at a UTC second.</summary>
    public int OffsetAt(long utcSeconds)
    {
        if (_start is not { } startDate || _end is not { } endDate)
        {
            return _standard;
        }

        var year = DateOnly.FromDayNumber((int)((utcSeconds + _standard) / LocalTime.SecondsPerDay)).Year;
        var (start, end) = (startDate.In(year) - _standard, endDate.In(year) - _summer);
        var isSummer = start < end ? utcSeconds >= start && utcSeconds < end : utcSeconds >= start || utcSeconds < end;
        return isSummer ? _summer : _standard;
    }

    /// <summary>Reads <c>[+-]hh[:mm[:ss]]</c> as seconds.</summary>
    /// <exception cref="FormatException">There is no such time.</exception>
    internal static int ReadTime(string text, ref int at)
    {
        var sign = at < text.Length && text[at] == '-' ? -1 : 1;
        at += at < text.Length && text[at] is '-' or '+' ? 1 : 0;
        var start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == ':'))
        {
            at++;
        }

        var parts = text[start..at].Split(':');
        var seconds = 0;
        for (var index = 0; index < 3; index++)
        {
            seconds = (seconds * 60) + (index < parts.Length ? int.Parse(parts[index], NumberStyles.None, CultureInfo.InvariantCulture) : 0);
        }

        return seconds <= MostHours * 3600 ? sign * seconds : throw new FormatException($"'{text}' has a time of more than {MostHours} hours.");
    }

    private static int SkipName(string text, int at)
    {
        var start = at;
        if (at < text.Length && text[at] == '<')
        {
            at = text.IndexOf('>', at) + 1;
            return at > 0 ? at : throw new FormatException($"'{text}' has a name without end.");
        }

        while (at < text.Length && char.IsAsciiLetter(text[at]))
        {
            at++;
        }

        return at > start ? at : throw new FormatException($"'{text}' lacks a name.");
    }
}
