namespace Signalbox.Scheduling;

/// <summary>One line of the state machine.</summary>
/// <param name="To">The state afterwards; null when the execution is no more.</param>
public sealed record ExecutionTransition(ExecutionState From, ExecutionEvent Event, ExecutionState? To);
