using System.Globalization;

namespace Signalbox.Scheduling;

/// <summary>Reads the text of a recurrence rule and refuses combinations that RFC 5545 forbids.</summary>
internal static class RecurrenceParser
{
    /// <summary>Longer texts are refused unread.</summary>
    public const int MaxLength = 4096;

    /// <summary>The largest COUNT; the end of a counted rule is found by counting.</summary>
    public const int MaxCount = 10_000;

    /// <summary>The largest INTERVAL.</summary>
    public const int MaxInterval = 100_000;

    private const string Prefix = "RRULE:";

    private static readonly string[] WeekdayNames = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
    private static readonly string[] UntilFormats = ["yyyyMMdd", "yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmmss'Z'"];

    public static RecurrenceRule Parse(string text)
    {
        if (text.Length > MaxLength)
        {
            throw new ScheduleSyntaxException($"A recurrence rule has at most {MaxLength} characters.", MaxLength);
        }

        var parts = Split(text);
        var byName = new Dictionary<string, RecurrencePart>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            if (!byName.TryAdd(part.Name, part))
            {
                throw new ScheduleSyntaxException($"{part.Name} stands twice.", part.NameAt);
            }
        }

        if (!byName.TryGetValue("FREQ", out var frequency))
        {
            throw new ScheduleSyntaxException("FREQ is missing.", text.Length);
        }

        var rule = new RecurrenceRule { Frequency = FrequencyOf(frequency) };
        foreach (var part in parts)
        {
            Apply(rule, part);
        }

        RecurrenceChecks.Check(rule, byName);
        rule.Text = string.Join(';', parts.OrderBy(static part => part.Name == "FREQ" ? 0 : 1).Select(static part => $"{part.Name}={part.Value}"));
        return rule;
    }

    private static List<RecurrencePart> Split(string text)
    {
        var at = text.Length - text.AsSpan().TrimStart().Length;
        var end = Math.Max(at, text.AsSpan().TrimEnd().Length);
        at += text.AsSpan(at).StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? Prefix.Length : 0;
        var parts = new List<RecurrencePart>();
        foreach (var part in text[at..end].Split(';'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new ScheduleSyntaxException(part.Length == 0 ? "A part such as FREQ=DAILY is missing." : $"'{part}' is not of the form NAME=VALUE.", at);
            }

            parts.Add(new RecurrencePart(part[..equals].ToUpperInvariant(), at, part[(equals + 1)..].ToUpperInvariant(), at + equals + 1));
            at += part.Length + 1;
        }

        return parts;
    }

    private static RecurrenceFrequency FrequencyOf(RecurrencePart part)
    {
        foreach (var frequency in Enum.GetValues<RecurrenceFrequency>())
        {
            if (string.Equals(frequency.ToString(), part.Value, StringComparison.OrdinalIgnoreCase))
            {
                return frequency;
            }
        }

        throw part.Wrong($"'{part.Value}' is not one of SECONDLY, MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY", part.ValueAt);
    }

    private static void Apply(RecurrenceRule rule, RecurrencePart part)
    {
        switch (part.Name)
        {
            case "FREQ": break;
            case "INTERVAL": rule.Interval = part.Number(1, MaxInterval); break;
            case "COUNT": rule.Count = part.Number(1, MaxCount); break;
            case "UNTIL": ReadUntil(rule, part); break;
            case "BYMONTH": rule.Months = (uint)part.Bits(1, 12); break;
            case "BYMONTHDAY": ReadMonthDays(rule, part); break;
            case "BYYEARDAY": rule.YearDays = part.SignedNumbers(366); break;
            case "BYWEEKNO": rule.Weeks = part.SignedNumbers(53); break;
            case "BYDAY": ReadWeekdays(rule, part); break;
            case "BYHOUR": rule.Hours = (uint)part.Bits(0, 23); break;
            case "BYMINUTE": rule.Minutes = part.Bits(0, 59); break;
            case "BYSECOND": rule.Seconds = part.Bits(0, 59); break;
            case "BYSETPOS": rule.Positions = part.SignedNumbers(366); break;
            case "WKST": rule.WeekStart = WeekdayOf(part, part.Value, part.ValueAt); break;
            default: throw new ScheduleSyntaxException($"{part.Name} is not supported.", part.NameAt);
        }
    }

    private static void ReadUntil(RecurrenceRule rule, RecurrencePart part)
    {
        if (!DateTime.TryParseExact(part.Value, UntilFormats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var until))
        {
            throw part.Wrong($"'{part.Value}' is none of 20261231, 20261231T235959 and 20261231T235959Z", part.ValueAt);
        }

        var seconds = LocalTime.SecondsOf(until);
        if (part.Value.EndsWith('Z'))
        {
            rule.UntilUtc = seconds;
        }
        else
        {
            rule.UntilLocal = part.Value.Contains('T', StringComparison.Ordinal) ? seconds : seconds + LocalTime.SecondsPerDay - 1;
        }
    }

    private static void ReadMonthDays(RecurrenceRule rule, RecurrencePart part)
    {
        foreach (var day in part.SignedNumbers(31))
        {
            rule.MonthDays |= day > 0 ? 1u << day : 0;
            rule.MonthDaysFromEnd |= day < 0 ? 1u << -day : 0;
        }
    }

    private static void ReadWeekdays(RecurrenceRule rule, RecurrencePart part)
    {
        var nth = new List<(int Nth, int Weekday)>();
        foreach (var (text, at) in part.Items())
        {
            var name = text.Length >= 2 ? text[^2..] : text;
            var weekday = WeekdayOf(part, name, at + text.Length - name.Length);
            if (text.Length == 2)
            {
                rule.Weekdays |= 1u << weekday;
                continue;
            }

            var number = part.Number(text[..^2], at, -53, 53);
            nth.Add((number != 0 ? number : throw part.Wrong("0 is not from 1 to 53 or from -53 to -1", at), weekday));
        }

        rule.NthWeekdays = [.. nth];
    }

    private static int WeekdayOf(RecurrencePart part, string name, int at)
    {
        var weekday = Array.IndexOf(WeekdayNames, name);
        return weekday >= 0 ? weekday : throw part.Wrong($"'{name}' is not one of {string.Join(", ", WeekdayNames)}", at);
    }
}
