using System.Diagnostics.CodeAnalysis;

namespace Signalbox.Scheduling;

/// <summary>Splits a cron expression into its fields and reads each.</summary>
internal static class CronParser
{
    /// <summary>Longer texts are refused unread.</summary>
    public const int MaxLength = 1024;

    private static readonly Dictionary<string, string> Macros = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
        ["@monthly"] = "0 0 1 * *",
        ["@weekly"] = "0 0 * * 0",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@hourly"] = "0 * * * *",
    };

    public static bool TryParse(string text, string hashSeed, [NotNullWhen(true)] out CronFields? fields, [NotNullWhen(false)] out ScheduleError? error)
    {
        fields = null;
        error = null;
        if (text.Length > MaxLength)
        {
            error = new ScheduleError($"A cron expression has at most {MaxLength} characters.", MaxLength);
            return false;
        }

        var parts = Split(text);
        if (parts.Count > 0 && text[parts[0].Start] == '@')
        {
            return TryExpand(text, parts, hashSeed, out fields, out error);
        }

        if (parts.Count is < 5 or > 6)
        {
            error = parts.Count < 5
                ? new ScheduleError($"A cron expression has five fields (minute hour day-of-month month day-of-week) or six (second first); this has {parts.Count}.", text.Length)
                : new ScheduleError("A cron expression has at most six fields; a seventh for years is not supported.", parts[6].Start);
            return false;
        }

        try
        {
            var first = parts.Count - 5;
            fields = new CronFields(
                first == 0 ? CronFieldReader.Read(CronFieldKind.Second, "0", 0..1, hashSeed) : CronFieldReader.Read(CronFieldKind.Second, text, RangeOf(0), hashSeed),
                CronFieldReader.Read(CronFieldKind.Minute, text, RangeOf(first), hashSeed),
                CronFieldReader.Read(CronFieldKind.Hour, text, RangeOf(first + 1), hashSeed),
                CronFieldReader.Read(CronFieldKind.DayOfMonth, text, RangeOf(first + 2), hashSeed),
                CronFieldReader.Read(CronFieldKind.Month, text, RangeOf(first + 3), hashSeed),
                CronFieldReader.Read(CronFieldKind.DayOfWeek, text, RangeOf(first + 4), hashSeed));
            return true;
        }
        catch (ScheduleSyntaxException exception)
        {
            error = exception.Error;
            return false;
        }

        Range RangeOf(int index) => parts[index].Start..parts[index].End;
    }

    private static bool TryExpand(
        string text, List<(int Start, int End)> parts, string hashSeed, [NotNullWhen(true)] out CronFields? fields, [NotNullWhen(false)] out ScheduleError? error)
    {
        fields = null;
        var (start, end) = parts[0];
        if (!Macros.TryGetValue(text[start..end], out var expansion))
        {
            error = new ScheduleError($"'{text[start..end]}' is not a name for a schedule; there are {string.Join(", ", Macros.Keys)}.", start);
            return false;
        }

        if (parts.Count > 1)
        {
            error = new ScheduleError($"Nothing may follow {text[start..end]}.", parts[1].Start);
            return false;
        }

        return TryParse(expansion, hashSeed, out fields, out error);
    }

    private static List<(int Start, int End)> Split(string text)
    {
        var parts = new List<(int Start, int End)>();
        for (var index = 0; index < text.Length;)
        {
            if (text[index] is ' ' or '\t')
            {
                index++;
                continue;
            }

            var start = index;
            while (index < text.Length && text[index] is not (' ' or '\t'))
            {
                index++;
            }

            parts.Add((start, index));
        }

        return parts;
    }
}
