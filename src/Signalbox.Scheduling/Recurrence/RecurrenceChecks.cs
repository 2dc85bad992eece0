namespace Signalbox.Scheduling;

/// <summary>The combinations of rule parts that RFC 5545 forbids.</summary>
internal static class RecurrenceChecks
{
    public static void Check(RecurrenceRule rule, Dictionary<string, RecurrencePart> parts)
    {
        if (parts.ContainsKey("COUNT"))
        {
            Refuse(parts, "UNTIL", "UNTIL and COUNT exclude each other.");
        }

        if (rule.Frequency != RecurrenceFrequency.Yearly)
        {
            Refuse(parts, "BYWEEKNO", "BYWEEKNO needs FREQ=YEARLY.");
        }

        if (rule.Frequency is RecurrenceFrequency.Daily or RecurrenceFrequency.Weekly or RecurrenceFrequency.Monthly)
        {
            Refuse(parts, "BYYEARDAY", "BYYEARDAY does not go with FREQ=DAILY, WEEKLY or MONTHLY.");
        }

        if (rule.Frequency == RecurrenceFrequency.Weekly)
        {
            Refuse(parts, "BYMONTHDAY", "BYMONTHDAY does not go with FREQ=WEEKLY.");
        }

        if (rule.NthWeekdays.Length > 0 && rule.Frequency < RecurrenceFrequency.Monthly)
        {
            Refuse(parts, "BYDAY", "BYDAY counts weekdays only with FREQ=MONTHLY or YEARLY.");
        }

        if (rule.NthWeekdays.Length > 0 && rule.Weeks.Length > 0)
        {
            Refuse(parts, "BYDAY", "BYDAY does not count weekdays beside BYWEEKNO.");
        }

        if (!parts.Keys.Any(static name => name.StartsWith("BY", StringComparison.Ordinal) && name != "BYSETPOS"))
        {
            Refuse(parts, "BYSETPOS", "BYSETPOS needs another BY part to choose from.");
        }
    }

    private static void Refuse(Dictionary<string, RecurrencePart> parts, string name, string message)
    {
        if (parts.TryGetValue(name, out var part))
        {
            throw new ScheduleSyntaxException(message, part.NameAt);
        }
    }
}
