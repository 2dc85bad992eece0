namespace Signalbox.Runner.Readings.Report;

/// <summary>Budgets and what was used of them; only those that are set.</summary>
internal sealed record BudgetReport(BudgetLine? Tokens, BudgetLine? Usd, BudgetLine? Minutes, BudgetLine? Turns);

/// <summary>One budget.</summary>
internal sealed record BudgetLine(double Limit, double Used);
