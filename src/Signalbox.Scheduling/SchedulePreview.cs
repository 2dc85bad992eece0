namespace Signalbox.Scheduling;

/// <summary>The next fires of a schedule as people read them: with local times, and with what changes of the clocks do to them.</summary>
public sealed record SchedulePreview(IReadOnlyList<PreviewItem> Items)
{
    /// <summary>The most items of one preview.</summary>
    public const int MaxCount = 1000;

    /// <summary>Lists the first fires after an instant; times that <see cref="DstGap.Skip"/> drops are listed among them and count.</summary>
    /// <param name="count">1 to <see cref="MaxCount"/>.</param>
    public static SchedulePreview Of(Schedule schedule, DateTimeOffset from, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        var times = (schedule as CronSchedule)?.Times ?? (schedule as RecurrenceSchedule)?.Times;
        var items = new List<PreviewItem>(count);
        var after = from;
        while (items.Count < count && schedule.Next(after) is { } fire)
        {
            items.AddRange(times?.DroppedBetween(after, fire.At).Take(count - items.Count).Select(static dropped => Dropped(dropped)) ?? []);
            if (items.Count < count)
            {
                items.Add(Ordinary(fire, times?.ToLocal(fire.At) ?? fire.At));
            }

            after = fire.At;
        }

        return new SchedulePreview(items);
    }

    private static PreviewItem Dropped(DroppedTime dropped) =>
        new(dropped.GapEnd, dropped.Local, PreviewMark.SkippedGap, "This local time does not exist: the clocks go forward over it, and the schedule skips it.");

    private static PreviewItem Ordinary(Fire fire, DateTimeOffset local) => fire.Mark switch
    {
        FireMark.Gap => new(fire.At, local, PreviewMark.Gap, "The local time of the schedule does not exist: the clocks go forward over it, and it is moved to here."),
        FireMark.OverlapFirst => new(fire.At, local, PreviewMark.OverlapFirst, "This local time exists twice: the clocks go back over it. This is the first pass."),
        FireMark.OverlapSecond => new(fire.At, local, PreviewMark.OverlapSecond, "This local time exists twice: the clocks go back over it. This is the second pass."),
        _ => new(fire.At, local, PreviewMark.None, null),
    };
}
