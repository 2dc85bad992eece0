using System.Globalization;

namespace Signalbox.Scheduling.Bench;

/// <summary>How long it takes to find the next time of an expression, walking from fire to fire until 2090 and again from the start.</summary>
internal static class NextOccurrenceBench
{
    private static readonly (string Name, string Ours, string Quartz)[] Cases =
    [
        ("every second", "* * * * * *", "* * * * * ?"),
        ("every minute", "* * * * *", "0 * * * * ?"),
        ("every 15 minutes, working hours", "*/15 9-17 * * MON-FRI", "0 0/15 9-17 ? * MON-FRI"),
        ("daily", "30 2 * * *", "0 30 2 * * ?"),
        ("last day of the month", "0 0 L * *", "0 0 0 L * ?"),
        ("third Friday", "0 12 * * 5#3", "0 0 12 ? * 6#3"),
        ("29 February", "0 0 29 2 *", "0 0 0 29 2 ?"),
    ];

    public static void Run(TimeProvider clock, TimeSpan time)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        Console.WriteLine($"{"Europe/Berlin",-34}{"Signalbox",12}{"Quartz",12}{"ratio",9}");
        foreach (var (name, text, quartzText) in Cases)
        {
            if (!CronExpression.TryParse(text, "bench", out var expression, out var error))
            {
                throw new InvalidOperationException(error.Message);
            }

            var schedule = new CronSchedule(expression, zone);
            var quartz = new Quartz.CronExpression(quartzText) { TimeZone = zone };
            var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
            if (schedule.Next(start)?.At != quartz.GetNextValidTimeAfter(start))
            {
                throw new InvalidOperationException($"The two do not mean the same by '{name}'.");
            }

            var ours = Measure(clock, time, start, at => schedule.Next(at)!.Value.At);
            var theirs = Measure(clock, time, start, at => quartz.GetNextValidTimeAfter(at)!.Value);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-34}{ours,9:F0} ns{theirs,9:F0} ns{theirs / ours,8:F1}x"));
        }
    }

    /// <summary>The best of five portions, in nanoseconds a step.</summary>
    private static double Measure(TimeProvider clock, TimeSpan time, DateTimeOffset start, Func<DateTimeOffset, DateTimeOffset> next)
    {
        var best = double.MaxValue;
        Step(clock, time / 5, start, next);
        for (var portion = 0; portion < 5; portion++)
        {
            best = Math.Min(best, Step(clock, time / 5, start, next));
        }

        return best;
    }

    private static double Step(TimeProvider clock, TimeSpan time, DateTimeOffset start, Func<DateTimeOffset, DateTimeOffset> next)
    {
        var (begun, steps) = (clock.GetTimestamp(), 0L);
        for (var at = start; clock.GetElapsedTime(begun) < time; steps += 64)
        {
            for (var index = 0; index < 64; index++)
            {
                at = next(at);
                at = at.Year > 2090 ? start : at;
            }
        }

        return clock.GetElapsedTime(begun).TotalNanoseconds / steps;
    }
}
