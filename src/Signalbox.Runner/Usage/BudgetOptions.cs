using Signalbox.Settings;

namespace Signalbox.Runner.Usage;

/// <summary>The section <c>budget</c>: what a run may spend before it is stopped; 0 = without limit.</summary>
internal sealed record BudgetOptions(long Tokens, double Usd, double Minutes, long Turns)
{
    public static BudgetOptions Read(SettingsReader settings) => new(
        settings.Integer("budget.tokens", 0, 0, 1_000_000_000_000, "Tokens of all models and kinds, those read from a cache among them, after which the run is stopped; 0 = no limit."),
        settings.Number("budget.usd", 0, 0, 1_000_000, "US dollars after which the run is stopped, as the agent tells them or, before that, by prices; 0 = no limit."),
        settings.Number("budget.minutes", 0, 0, 100_000, "Minutes after which the run is stopped; 0 = no limit."),
        settings.Integer("budget.turns", 0, 0, 1_000_000_000, "Answers of the model after which the run is stopped; 0 = no limit."));
}
