using System.Globalization;
using Signalbox.Scheduling;
using Signalbox.Settings;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Reads the member <c>schedule</c>: a schedule by time, or the job to run after.</summary>
internal static class ScheduleReader
{
    private const int LongestExpression = 1000;

    private static readonly string[] Kinds = ["cron", "interval", "at", "rrule", "after"];

    /// <param name="hashSeed">What <c>H</c> of a cron expression is spread by.</param>
    /// <returns>Parts are null when something is wrong, which is reported.</returns>
    public static JobSchedule Read(MemberReader schedule, string hashSeed)
    {
        var given = Kinds.Where(schedule.Has).ToList();
        if (given.Count != 1)
        {
            schedule.Fail(
                given.Count == 0 ? "cron" : given[1],
                given.Count == 0 ? $"A schedule has one of {string.Join(", ", Kinds)}." : $"A schedule has one of {string.Join(", ", Kinds)}, but here are {string.Join(" and ", given)}.");
        }

        var parts = ScheduleParts.Read(schedule, given);
        var (time, after) = given.Count != 1 ? (null, null) : given[0] switch
        {
            "cron" => (Cron(schedule, parts, hashSeed), null),
            "interval" => (Interval(schedule), null),
            "at" => (At(schedule), null),
            "rrule" => (Rrule(schedule, parts), null),
            _ => ((Schedule?)null, After(schedule)),
        };
        foreach (var kind in Kinds)
        {
            // What stands beside the one that counts was reported above and is no unknown member.
            schedule.Has(kind);
        }

        schedule.Finish();
        return new JobSchedule(time, after, Canonical(schedule, time, after));
    }

    /// <summary>As it was written, with its defaults filled in; expressions keep their writer's form.</summary>
    private static TaskSchedule? Canonical(MemberReader schedule, Schedule? time, JobDependency? after) => (time, after) switch
    {
        (CronSchedule cron, _) => new TaskSchedule
        {
            Cron = schedule.Raw("cron")?.ToString(),
            TimeZone = schedule.Raw("timeZone")?.ToString() ?? "UTC",
            Gap = WireNames.Format(cron.Gap),
            Overlap = WireNames.Format(cron.Overlap),
        },
        (RecurrenceSchedule rule, _) => new TaskSchedule
        {
            Rrule = schedule.Raw("rrule")?.ToString(),
            Start = rule.Start.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
            TimeZone = schedule.Raw("timeZone")?.ToString() ?? "UTC",
            Gap = WireNames.Format(rule.Gap),
            Overlap = WireNames.Format(rule.Overlap),
        },
        (IntervalSchedule interval, _) => new TaskSchedule { Interval = DurationText.Format(interval.Interval), Start = TextOf(interval.Anchor) },
        (OneTimeSchedule once, _) => new TaskSchedule { At = TextOf(once.At) },
        (_, not null) => new TaskSchedule { After = new TaskAfter { Task = after.Task, On = [.. after.On.Select(static state => WireNames.Format(state))] } },
        _ => null,
    };

    private static string TextOf(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    private static CronSchedule? Cron(MemberReader schedule, ScheduleParts parts, string hashSeed)
    {
        if (schedule.Text("cron", LongestExpression) is not { } text)
        {
            return null;
        }

        if (!CronExpression.TryParse(text, hashSeed, out var expression, out var error))
        {
            schedule.Fail("cron", Describe(error));
            return null;
        }

        return parts.Zone is { } zone ? new CronSchedule(expression, zone, parts.Gap, parts.Overlap) : null;
    }

    private static IntervalSchedule? Interval(MemberReader schedule)
    {
        var interval = schedule.Duration("interval", IntervalSchedule.MinInterval, IntervalSchedule.MaxInterval);
        var anchor = schedule.Has("start") ? Instant(schedule, "start") : DateTimeOffset.UnixEpoch;
        return interval is { } every && anchor is { } first ? new IntervalSchedule(every, first) : null;
    }

    private static OneTimeSchedule? At(MemberReader schedule) => Instant(schedule, "at") is { } at ? new OneTimeSchedule(at) : null;

    private static RecurrenceSchedule? Rrule(MemberReader schedule, ScheduleParts parts)
    {
        var start = LocalStart(schedule);
        if (schedule.Text("rrule", LongestExpression) is not { } text)
        {
            return null;
        }

        if (!RecurrenceRule.TryParse(text, out var rule, out var error))
        {
            schedule.Fail("rrule", Describe(error));
            return null;
        }

        return start is { } local && parts.Zone is { } zone ? new RecurrenceSchedule(rule, local, zone, parts.Gap, parts.Overlap) : null;
    }

    private static JobDependency? After(MemberReader schedule)
    {
        if (schedule.Object("after") is not { } after)
        {
            return null;
        }

        var task = after.RequiredText("task", JobName.Longest);
        var states = after.States("on", JobDependency.FinalStates);
        after.Finish();
        return task is null ? null : new JobDependency(task, states ?? JobDependency.Default);
    }

    private static string Describe(ScheduleError error) => string.Create(CultureInfo.InvariantCulture, $"{error.Message} (at character {error.Position + 1})");

    private static DateTimeOffset? Instant(MemberReader schedule, string name)
    {
        if (schedule.Text(name, 64) is not { } text)
        {
            return null;
        }

        // Only texts that name their offset: what a time without one means depends on where it is read.
        if (HasOffset(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
        {
            return instant.ToUniversalTime();
        }

        schedule.Fail(name, $"'{text}' is not an instant in RFC 3339; write for example 2026-03-04T05:06:07Z or 2026-03-04T05:06:07+01:00.");
        return null;
    }

    private static DateTime? LocalStart(MemberReader schedule)
    {
        if (schedule.Text("start", 64) is not { } text)
        {
            schedule.Fail("start", "An rrule needs its start (DTSTART) as local time, for example 2026-03-04T05:06:07.");
            return null;
        }

        if (text.Length >= 16 && text[10] == 'T' && !HasOffset(text) && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        }

        schedule.Fail("start", $"'{text}' is not a local time; write for example 2026-03-04T05:06:07, without offset: timeZone says where.");
        return null;
    }

    private static bool HasOffset(string text) =>
        text.Length > 16 && text[10] is 'T' or 't' or ' ' && (text[^1] is 'Z' or 'z' || text.AsSpan(16).ContainsAny('+', '-'));
}

/// <summary>A schedule as read.</summary>
/// <param name="Time">Null for a job that runs after another one.</param>
/// <param name="Wire">As the API and the database hold it; null when something is wrong.</param>
internal sealed record JobSchedule(Schedule? Time, JobDependency? After, TaskSchedule? Wire);

/// <summary>What a schedule says beside the one member that makes its kind.</summary>
internal sealed record ScheduleParts(TimeZoneInfo? Zone, DstGap Gap, DstOverlap Overlap)
{
    public static ScheduleParts Read(MemberReader schedule, List<string> given)
    {
        var local = given.Count == 0 || given[0] is "cron" or "rrule";
        foreach (var name in new[] { "timeZone", "gap", "overlap" })
        {
            if (!local && schedule.Has(name))
            {
                schedule.Fail(name, $"This belongs to cron and rrule; {given[0]} reads no clock on the wall.");
            }
        }

        if (given.Count > 0 && given[0] is not ("interval" or "rrule") && schedule.Has("start"))
        {
            schedule.Fail("start", $"This belongs to interval and rrule, not to {given[0]}.");
        }

        var gap = schedule.Choice<DstGap>("gap") ?? DstGap.ShiftToEnd;
        var overlap = schedule.Choice<DstOverlap>("overlap") ?? DstOverlap.Auto;
        return new ScheduleParts(ZoneOf(schedule), gap, overlap);
    }

    private static TimeZoneInfo? ZoneOf(MemberReader schedule)
    {
        if (!schedule.Has("timeZone"))
        {
            return TimeZoneInfo.Utc;
        }

        if (schedule.Text("timeZone", 64) is not { } name)
        {
            return null;
        }

        if (TimeZones.TryFind(name, out var zone))
        {
            return zone;
        }

        schedule.Fail("timeZone", $"'{name}' is no time zone known here; write an IANA name such as Europe/Berlin.");
        return null;
    }
}
