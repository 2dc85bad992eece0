using System.Text.Json;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Readings;

public sealed class DecisionFeedTests
{
    [Fact]
    public void TakesNoMoreThanItsBoundAndSaysHowManyWereLeft()
    {
        using var folder = new TemporaryFolder();
        var line = JsonSerializer.Serialize(
            new PolicyDecided { At = RunFacts.Began, ToolUseId = "t1", Allow = true, PolicyId = "default", Source = "rules", Enforced = true },
            FactsJson.Default.PolicyDecided);
        var file = folder.Write("decisions.jsonl", string.Concat(Enumerable.Repeat(line + "\n", DecisionFeed.MaxDecisions + 3)));
        var feed = new DecisionFeed(new FactTail<PolicyDecided>(file, FactsJson.Default.PolicyDecided));
        var taken = new List<RunFact>();

        new AgentFeed(feed, taken.Add).Complete();

        Assert.Equal(DecisionFeed.MaxDecisions, taken.OfType<PolicyDecided>().Count());
        var warning = Assert.IsType<RunnerEvent>(taken[^1]);
        Assert.Equal("too_many_decisions", warning.Values["code"]);
        Assert.Contains("3 were not read", warning.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void SaysNothingWithinItsBound()
    {
        using var folder = new TemporaryFolder();
        var feed = new DecisionFeed(new FactTail<PolicyDecided>(folder.File("none.jsonl"), FactsJson.Default.PolicyDecided));
        var taken = new List<RunFact>();

        new AgentFeed(feed, taken.Add).Complete();

        Assert.Empty(taken);
    }
}
