using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Jobs.History;

/// <summary>Which executions of a tenant are listed.</summary>
/// <param name="States">Empty for all.</param>
/// <param name="From">Executions that ended at or after; those that have not ended by when they are due.</param>
/// <param name="To">Exclusive.</param>
internal sealed record ExecutionFilter(string? TaskId, IReadOnlyList<string> States, string? Instance, string? Trigger, DateTimeOffset? From, DateTimeOffset? To)
{
    public static IReadOnlyList<string> LiveStates { get; } = ["scheduled", "running"];

    public static IReadOnlyList<string> EndedStates { get; } = ["succeeded", "failed", "timedOut", "cancelled", "abandoned", "lost"];

    private static readonly string[] Triggers = ["schedule", "manual", "dependency"];

    public long? FromMs => From?.ToUnixTimeMilliseconds();

    public long? ToMs => To?.ToUnixTimeMilliseconds();

    /// <summary>The live states asked for; empty when none is.</summary>
    public IReadOnlyList<string> Live => States.Count == 0 ? LiveStates : [.. States.Intersect(LiveStates, StringComparer.Ordinal)];

    public bool AsksForEnded => States.Count == 0 || States.Any(static state => EndedStates.Contains(state, StringComparer.Ordinal));

    /// <param name="states">One state, or several separated by commas.</param>
    public static Outcome<ExecutionFilter> Of(string? taskId, string? states, string? instance, string? trigger, DateTimeOffset? from, DateTimeOffset? to)
    {
        var list = states?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToArray() ?? [];
        if (list.FirstOrDefault(static state => !LiveStates.Contains(state, StringComparer.Ordinal) && !EndedStates.Contains(state, StringComparer.Ordinal)) is { } unknown)
        {
            return Refusal.Invalid("state", $"'{unknown}' is not one of {string.Join(", ", LiveStates.Concat(EndedStates))}.");
        }

        if (trigger is not null && !Triggers.Contains(trigger, StringComparer.Ordinal))
        {
            return Refusal.Invalid("trigger", $"'{trigger}' is not one of {string.Join(", ", Triggers)}.");
        }

        return from >= to ? Refusal.Invalid("to", "The period ends before it begins.") : new ExecutionFilter(taskId, list, instance, trigger, from, to);
    }
}
