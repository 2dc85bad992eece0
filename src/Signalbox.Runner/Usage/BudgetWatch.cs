using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.Usage;

/// <summary>Compares what a run has used with its budgets, as it goes: each budget is warned of once, near its end, and found passed once.</summary>
/// <remarks>Not thread-safe: asked after every event that changes the usage and at every sample, by the thread that takes the facts.</remarks>
internal sealed class BudgetWatch(RunLimits limits)
{
    /// <summary>Of a budget; a warning is given from here on.</summary>
    private const double Near = 0.8;

    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private readonly HashSet<string> _passed = new(StringComparer.Ordinal);

    /// <summary>Whether there is anything to watch.</summary>
    public bool IsNeeded => limits.Tokens > 0 || limits.Usd > 0 || limits.Minutes > 0 || limits.Turns > 0;

    /// <summary>When the minutes will be used up; null without such a budget.</summary>
    public TimeSpan? TimeLimit => limits.Minutes > 0 ? TimeSpan.FromMinutes(limits.Minutes) : null;

    /// <param name="elapsed">Since the run began.</param>
    /// <returns>What is new since the last call.</returns>
    public IReadOnlyList<BudgetFinding> Check(UsageSoFar used, TimeSpan elapsed)
    {
        if (!IsNeeded)
        {
            return [];
        }

        List<BudgetFinding>? found = null;
        Compare("tokens", OutcomeReasons.BudgetTokens, used.Tokens, limits.Tokens, ref found);
        Compare("usd", OutcomeReasons.BudgetUsd, (double)(used.Usd ?? 0), limits.Usd, ref found);
        Compare("minutes", OutcomeReasons.BudgetMinutes, elapsed.TotalMinutes, limits.Minutes, ref found);
        Compare("turns", OutcomeReasons.BudgetTurns, used.Turns, limits.Turns, ref found);
        return found ?? (IReadOnlyList<BudgetFinding>)[];
    }

    // A budget of ten turns allows the tenth: it is passed by more. Minutes are passed when they are over.
    private void Compare(string budget, string reason, double used, double limit, ref List<BudgetFinding>? found)
    {
        if (limit <= 0)
        {
            return;
        }

        var isPassed = budget == "minutes" ? used >= limit : used > limit;
        if (isPassed ? _passed.Add(budget) : used >= limit * Near && _warned.Add(budget))
        {
            _warned.Add(budget);
            (found ??= []).Add(new BudgetFinding(budget, isPassed, reason, used, limit));
        }
    }
}
