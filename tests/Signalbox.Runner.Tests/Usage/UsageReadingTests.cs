using FsCheck;
using FsCheck.Fluent;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Usage;
using Xunit;

namespace Signalbox.Runner.Tests.Usage;

public sealed class UsageReadingTests
{
    private const string Sonnet = "claude-sonnet-4-5";

    private static readonly PriceTable Prices = new([new ModelPrice("claude-*", 1_000_000, 1_000_000, 100_000, 2_000_000)]);

    [Fact]
    public void OfEachMessageTheLastAccountCountsAndTheLargestOutput()
    {
        var usage = Read(Spoke("a", 10, 1), Spoke("b", 5, 5), Spoke("a", 10, 90), Spoke("a", 10, 2));

        Assert.Equal((15, 95, 2), (usage.Report.Models[0].Input, usage.Report.Models[0].Output, usage.Report.Messages));
    }

    [Fact]
    public void TheOrderOfRepetitionsOfDifferentMessagesDoesNotMatter() => Prop.ForAll<PositiveInt[]>(static parts =>
    {
        var facts = parts.SelectMany(static (part, index) => new[] { Spoke($"m{index % 7}", 10 + (index % 7), part.Get % 50), Spoke($"m{index % 7}", 10 + (index % 7), 3) }).ToList();
        var grouped = facts.OrderBy(static fact => fact.MessageId, StringComparer.Ordinal).ToList();
        return Read([.. facts]).Report.TotalTokens == Read([.. grouped]).Report.TotalTokens;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WhatTheAgentReportsWinsAndTheDifferenceIsListed()
    {
        var usage = Read(Session("s"), Spoke("a", 10, 10), Result("s", 1.5, new ModelUsage(Sonnet, new TokenCounts(10, 12, 0, 0), 1.4), new ModelUsage("claude-haiku-4-5", new TokenCounts(1, 0, 0, 0), 0.1)));

        Assert.Equal((23, 1.5, "reported"), (usage.Report.TotalTokens, usage.Report.CostUsd, usage.Report.CostSource));
        Assert.False(usage.Report.Reconciliation.Agrees);
        Assert.Equal(
            [("claude-haiku-4-5", "input", 0L, 1L), (Sonnet, "output", 10L, 12L)],
            usage.Report.Reconciliation.Differences.Select(static one => (one.Model, one.Kind, one.Counted, one.Reported)));
        Assert.Equal("usage_differs", Assert.Single(usage.Warnings()).Code);
    }

    [Fact]
    public void ASpellingForALargerContextIsTheSameModel()
    {
        var usage = Read(Session("s"), Spoke("a", 10, 10), Result("s", 1, new ModelUsage(Sonnet + "[1m]", new TokenCounts(10, 10, 0, 0), 1)));

        Assert.True(usage.Report.Reconciliation.Agrees);
        Assert.Equal(Sonnet, Assert.Single(usage.Report.Models).Model);
    }

    [Fact]
    public void WithoutAnAccountPricesTellTheCost()
    {
        var usage = Read(Session("s"), Spoke("a", 1, 1, cacheRead: 10, cacheCreation: 1));

        Assert.Equal((5.0, "prices", 1), (usage.Report.CostUsd, usage.Report.CostSource, usage.Report.CacheHits));
        Assert.Null(usage.Report.Reconciliation.Agrees);
        Assert.Empty(usage.Warnings());
    }

    [Fact]
    public void WhatFollowsTheLastAccountCountsAsCounted()
    {
        var usage = Read(Session("s"), Spoke("a", 1, 1), Result("s", 1, new ModelUsage(Sonnet, new TokenCounts(1, 1, 0, 0), 1)), Spoke("b", 2, 2));

        Assert.Equal((6, 5.0, "mixed"), (usage.Report.TotalTokens, usage.Report.CostUsd, usage.Report.CostSource));
        Assert.True(usage.Report.Reconciliation.Agrees);
    }

    [Fact]
    public void AnAccountOfCostAloneLeavesTheTokensCounted()
    {
        var usage = Read(Session("s"), Spoke("a", 1, 1), Result("s", 0.75));

        Assert.Equal((2, 0.75, "reported"), (usage.Report.TotalTokens, usage.Report.CostUsd, usage.Report.CostSource));
    }

    [Fact]
    public void AModelWithoutPriceLeavesTheCostUnknown()
    {
        var usage = Read(new AssistantSpoke { At = default, Line = 0, MessageId = "a", Model = "gpt-5", Usage = new TokenCounts(1, 1, 0, 0) });

        Assert.Null(usage.Report.CostUsd);
        Assert.Null(usage.Report.Models[0].CostUsd);
        Assert.Equal("none", usage.Report.CostSource);
        Assert.Contains("gpt-5", Assert.Single(usage.Warnings()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAgentThatTellsOfNoMessageIsTakenByItsResult()
    {
        var usage = Read(Session("s"), new ResultReported { At = default, Line = 1, SessionId = "s", Usage = new TokenCounts(7, 3, 0, 0) });

        Assert.Equal((10, Sonnet), (usage.Report.TotalTokens, Assert.Single(usage.Report.Models).Model));
    }

    [Fact]
    public void TellsWhatWasUsedSoFarAsItGoes()
    {
        var usage = new UsageReading(Prices);
        Assert.Equal(new UsageSoFar(0, null, 0), usage.SoFar);

        usage.Take(Session("s"));
        usage.Take(Spoke("a", 1, 1));
        usage.Take(Spoke("b", 1, 1, parent: "toolu_1"));
        Assert.Equal(new UsageSoFar(4, 4, 1), usage.SoFar);

        usage.Take(Result("s", 9, new ModelUsage(Sonnet, new TokenCounts(2, 2, 0, 0), 9)));
        Assert.Equal(new UsageSoFar(4, 9, 5), usage.SoFar);
    }

    [Fact]
    public void RemembersABoundedNumberOfMessages()
    {
        var usage = new UsageReading(Prices);
        for (var index = 0; index < 100_000; index++)
        {
            usage.Take(Spoke($"m{index}", 1, 1));
            usage.Take(Spoke($"m{index}", 1, 1));
        }

        Assert.Equal((200_000, 100_000), (usage.Report.TotalTokens, usage.Report.Messages));
    }

    private static UsageReading Read(params RunFact[] facts)
    {
        var usage = new UsageReading(Prices);
        Array.ForEach(facts, usage.Take);
        return usage;
    }

    private static AssistantSpoke Spoke(string? id, long input, long output, long cacheRead = 0, long cacheCreation = 0, string? parent = null) => new()
    {
        At = default,
        Line = 1,
        MessageId = id,
        Model = Sonnet,
        ParentToolUseId = parent,
        Usage = new TokenCounts(input, output, cacheRead, cacheCreation),
    };

    private static SessionStarted Session(string id) => new() { At = default, Line = 0, SessionId = id, Model = Sonnet };

    private static ResultReported Result(string session, double? cost, params ModelUsage[] models) =>
        new() { At = default, Line = 2, SessionId = session, CostUsd = cost, Models = models, Turns = 5 };
}
