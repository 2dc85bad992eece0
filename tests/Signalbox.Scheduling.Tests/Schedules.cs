using System.Globalization;
using Xunit;

namespace Signalbox.Scheduling.Tests;

/// <summary>Short ways to write schedules and instants in tests.</summary>
internal static class Schedules
{
    public static TimeZoneInfo Berlin { get; } = Zone("Europe/Berlin");

    public static TimeZoneInfo Zone(string name) => TimeZones.TryFind(name, out var zone) ? zone : throw new ArgumentException($"There is no zone {name}.", nameof(name));

    public static CronExpression Expression(string text, string seed = "job") =>
        CronExpression.TryParse(text, seed, out var expression, out var error) ? expression : throw new ArgumentException($"{error.Message} ({error.Position})", nameof(text));

    public static CronSchedule Cron(string text, TimeZoneInfo? zone = null, DstGap gap = DstGap.ShiftToEnd, DstOverlap overlap = DstOverlap.Auto) =>
        new(Expression(text), zone ?? TimeZoneInfo.Utc, gap, overlap);

    public static RecurrenceRule Rule(string text) =>
        RecurrenceRule.TryParse(text, out var rule, out var error) ? rule : throw new ArgumentException($"{error.Message} ({error.Position})", nameof(text));

    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUniversalTime();

    /// <summary>The next fires as UTC text without the date's century or the offset: <c>2026-03-29T01:00:00</c>, followed by the mark if there is one.</summary>
    public static IReadOnlyList<string> Next(Schedule schedule, string after, int count) =>
        [.. schedule.After(At(after)).Take(count).Select(static fire =>
            fire.At.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + (fire.Mark == FireMark.None ? "" : $" {fire.Mark}"))];

    public static void AssertNext(Schedule schedule, string after, params string[] expected) => Assert.Equal(expected, Next(schedule, after, expected.Length));
}
