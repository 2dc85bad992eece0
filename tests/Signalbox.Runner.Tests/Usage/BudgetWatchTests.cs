using Signalbox.Runner.Facts;
using Signalbox.Runner.Usage;
using Signalbox.Settings;
using Xunit;

namespace Signalbox.Runner.Tests.Usage;

public sealed class BudgetWatchTests
{
    [Fact]
    public void WarnsOnceNearTheEndAndStopsOncePassed()
    {
        var watch = new BudgetWatch(new RunLimits { MemoryBytes = 1, Tokens = 1000 });

        Assert.Empty(Check(watch, tokens: 799));
        var near = Assert.Single(Check(watch, tokens: 800));
        Assert.Equal(("tokens", false, "budget_near"), (near.Budget, near.IsPassed, near.ToEvent(default).Values["code"]));
        Assert.Empty(Check(watch, tokens: 1000));
        var passed = Assert.Single(Check(watch, tokens: 1001));
        Assert.Equal((true, "budget_tokens"), (passed.IsPassed, passed.Reason));
        Assert.Equal((RunnerEventKind.Stopping, "budget_tokens"), (passed.ToEvent(default).Kind, passed.ToEvent(default).Values["reason"]));
        Assert.Empty(Check(watch, tokens: 5000));
    }

    [Fact]
    public void EveryBudgetHasItsReason()
    {
        var watch = new BudgetWatch(new RunLimits { MemoryBytes = 1, Usd = 0.5, Minutes = 10, Turns = 3 });

        Assert.Empty(Check(watch, tokens: 1_000_000, usd: 0.3m, turns: 2, minutes: 7));
        Assert.Equal(["turns"], Check(watch, usd: 0.3m, turns: 3, minutes: 7).Select(static found => found.Budget));
        Assert.Equal(
            ["budget_usd", "budget_minutes", "budget_turns"],
            Check(watch, usd: 0.51m, turns: 4, minutes: 10).Where(static found => found.IsPassed).Select(static found => found.Reason));
    }

    [Fact]
    public void WithoutBudgetThereIsNothingToWatch()
    {
        var watch = new BudgetWatch(new RunLimits { MemoryBytes = 1 });

        Assert.False(watch.IsNeeded);
        Assert.Empty(Check(watch, long.MaxValue, 1_000_000, 1_000_000, 1_000_000));
    }

    [Fact]
    public void ReadsItsSection()
    {
        var settings = new SettingsReader(new SettingsSources(
            new Dictionary<string, string>(), new Dictionary<string, string>(), SettingsFile.Parse("budget: {tokens: 100000, usd: 2.5, minutes: 90, turns: -1}", "s.yaml")));

        var budget = BudgetOptions.Read(settings);

        Assert.Equal(new BudgetOptions(100_000, 2.5, 90, 0), budget);
        Assert.Equal("budget.turns", Assert.Single(settings.Errors).Key);
    }

    private static IReadOnlyList<BudgetFinding> Check(BudgetWatch watch, long tokens = 0, decimal? usd = null, long turns = 0, double minutes = 0) =>
        watch.Check(new UsageSoFar(tokens, usd, turns), TimeSpan.FromMinutes(minutes));
}
