using Signalbox.Scheduling;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>The job after which another one runs.</summary>
/// <param name="Task">Name or id as written; the id once it is stored.</param>
/// <param name="On">Final states of the other job's execution that count.</param>
internal sealed record JobDependency(string Task, IReadOnlyList<ExecutionState> On)
{
    public static IReadOnlyList<ExecutionState> Default { get; } = [ExecutionState.Succeeded];

    public static IReadOnlyList<ExecutionState> FinalStates { get; } =
        [ExecutionState.Succeeded, ExecutionState.Failed, ExecutionState.TimedOut, ExecutionState.Cancelled, ExecutionState.Abandoned, ExecutionState.Lost];

    public bool Equals(JobDependency? other) => other is not null && Task == other.Task && On.SequenceEqual(other.On);

    public override int GetHashCode() => HashCode.Combine(Task, On.Count);
}
