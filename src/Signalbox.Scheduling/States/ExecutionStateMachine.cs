namespace Signalbox.Scheduling;

/// <summary>Which events an execution may meet in which state. This table is the only place that says so; <c>docs/states.md</c> draws it.</summary>
public static class ExecutionStateMachine
{
    /// <summary>All transitions there are.</summary>
    public static IReadOnlyList<ExecutionTransition> Table { get; } =
    [
        new(ExecutionState.Scheduled, ExecutionEvent.Claim, ExecutionState.Running),
        new(ExecutionState.Scheduled, ExecutionEvent.Cancel, ExecutionState.Cancelled),
        new(ExecutionState.Scheduled, ExecutionEvent.Skip, null),
        new(ExecutionState.Running, ExecutionEvent.Succeed, ExecutionState.Succeeded),
        new(ExecutionState.Running, ExecutionEvent.Fail, ExecutionState.Failed),
        new(ExecutionState.Running, ExecutionEvent.TimeOut, ExecutionState.TimedOut),
        new(ExecutionState.Running, ExecutionEvent.Cancel, ExecutionState.Cancelled),
        new(ExecutionState.Running, ExecutionEvent.Abandon, ExecutionState.Abandoned),
        new(ExecutionState.Running, ExecutionEvent.Lose, ExecutionState.Lost),
        new(ExecutionState.Running, ExecutionEvent.Retry, ExecutionState.Scheduled),
        new(ExecutionState.Running, ExecutionEvent.GiveBack, ExecutionState.Scheduled),
    ];

    /// <summary>Finds the transition of an event in a state; false when the event cannot happen there.</summary>
    /// <param name="to">The state afterwards; null when the execution is no more.</param>
    public static bool TryMove(ExecutionState from, ExecutionEvent @event, out ExecutionState? to)
    {
        foreach (var transition in Table)
        {
            if (transition.From == from && transition.Event == @event)
            {
                to = transition.To;
                return true;
            }
        }

        to = null;
        return false;
    }

    /// <summary>Nothing happens to an execution in such a state any more.</summary>
    public static bool IsFinal(ExecutionState state) => Table.All(transition => transition.From != state);
}
