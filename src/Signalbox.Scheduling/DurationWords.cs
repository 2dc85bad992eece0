using System.Globalization;

namespace Signalbox.Scheduling;

/// <summary>A length of time in English words, exact to the millisecond.</summary>
internal static class DurationWords
{
    public static string Of(TimeSpan duration)
    {
        (long Amount, string Unit)[] parts =
        [
            (duration.Days, "day"), (duration.Hours, "hour"), (duration.Minutes, "minute"), (duration.Seconds, "second"), (duration.Milliseconds, "millisecond"),
        ];
        var words = parts.Where(static part => part.Amount > 0)
            .Select(static part => string.Create(CultureInfo.InvariantCulture, $"{part.Amount} {part.Unit}{(part.Amount == 1 ? "" : "s")}"));
        return string.Join(' ', words);
    }
}
