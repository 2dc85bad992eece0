using System.Globalization;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Usage;

/// <summary>A budget that is nearly used up, or has been passed.</summary>
/// <param name="Budget"><c>tokens</c>, <c>usd</c>, <c>minutes</c> or <c>turns</c>.</param>
/// <param name="IsPassed">The run is to be stopped; otherwise its user is warned.</param>
/// <param name="Reason">The outcome's reason when the run is stopped for it.</param>
internal sealed record BudgetFinding(string Budget, bool IsPassed, string Reason, double Used, double Limit)
{
    /// <summary>The value of a stop that came too late: the command had ended by itself.</summary>
    public const string LateValue = "late";

    /// <summary>A whole sentence for people.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"The run has used {Used:0.####} of {Limit:0.####} {Unit}{(IsPassed ? " and is stopped" : string.Empty)}.");

    /// <summary>What goes into the run's events when the command ended by itself before it could be stopped: the budget is passed all the same, however fast it was.</summary>
    public RunnerEvent ToLateEvent(DateTimeOffset at)
    {
        var told = ToEvent(at);
        return told with
        {
            Text = string.Create(CultureInfo.InvariantCulture, $"The run has used {Used:0.####} of {Limit:0.####} {Unit}; the command ended by itself before it could be stopped."),
            Values = new SortedDictionary<string, string>(told.Values.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal) { [LateValue] = "true" },
        };
    }

    private string Unit => Budget == "usd" ? "US dollars" : Budget;

    /// <summary>What goes into the run's events: a warning, or the stop.</summary>
    public RunnerEvent ToEvent(DateTimeOffset at) => new()
    {
        At = at,
        Kind = IsPassed ? RunnerEventKind.Stopping : RunnerEventKind.Warning,
        Text = Text,
        Values = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [IsPassed ? "reason" : "code"] = IsPassed ? Reason : "budget_near",
            ["budget"] = Budget,
            ["used"] = Used.ToString(CultureInfo.InvariantCulture),
            ["limit"] = Limit.ToString(CultureInfo.InvariantCulture),
        },
    };
}
