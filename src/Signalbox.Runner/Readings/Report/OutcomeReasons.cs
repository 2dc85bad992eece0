namespace Signalbox.Runner.Readings.Report;

/// <summary>Why a run ended: the values of <see cref="OutcomeReport.Reason"/>.</summary>
internal static class OutcomeReasons
{
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string MemoryLimit = "memory_limit";
    public const string KernelOom = "kernel_oom";
    public const string BudgetTokens = "budget_tokens";
    public const string BudgetUsd = "budget_usd";
    public const string BudgetMinutes = "budget_minutes";
    public const string BudgetTurns = "budget_turns";

    /// <summary>The agent had told its result and did not exit; the code is the result's.</summary>
    public const string HangAfterResult = "hang_after_result";

    /// <summary>The agent told nothing for too long.</summary>
    public const string Stalled = "stalled";

    /// <summary>The command was ended by a signal that did not come through the runner.</summary>
    public const string Signal = "signal";

    /// <summary>Somebody asked the runner to end, and it passed the signal on.</summary>
    public const string Interrupted = "interrupted";

    public const string NotStarted = "not_started";

    /// <summary>The process said success and the agent's result says error.</summary>
    public const string AgentError = "agent_error";

    /// <summary>The runner was killed before it could see the end.</summary>
    public const string Incomplete = "incomplete";

    /// <summary>There is no outcome yet.</summary>
    public const string Running = "running";
}
