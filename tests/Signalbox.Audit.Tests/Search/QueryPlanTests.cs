using System.Text;
using Signalbox.Server.Audit.Search;
using Xunit;

namespace Signalbox.Audit.Tests.Search;

public sealed class QueryPlanTests
{
    [Fact]
    public void AsksForTypeAndIdOfAResourceAsOne()
    {
        var plan = QueryPlan.Of(new EventQuery { ResourceTypes = ["job", "token"], ResourceIds = ["a", "b"] });

        Assert.Equal(["job\0a", "job\0b", "token\0a", "token\0b"], Values(Assert.Single(plan.Clauses), plan));
        Assert.All(plan.Atoms, static atom => Assert.Equal(TermField.Resource, atom.Field));
    }

    [Fact]
    public void AsksForThemApartWhereTheirPairsAreTooMany()
    {
        var plan = QueryPlan.Of(new EventQuery { ResourceTypes = ["job", "token"], ResourceIds = [.. Enumerable.Range(0, 40).Select(static id => $"{id}")] });

        Assert.Equal([40, 2], plan.Clauses.Select(static clause => clause.Alternatives.Count));
    }

    [Fact]
    public void LooksForWhatMayBeAnIdAsIdTraceAndRequest()
    {
        var plan = QueryPlan.Of(new EventQuery { Text = "backup 0198c1d2-0000-7000-8000-000000000001" });

        Assert.Equal([1, 4], plan.Clauses.Select(static clause => clause.Alternatives.Count));
        Assert.Equal(["0198c1d2", "0000", "7000", "8000", "000000000001"], plan.Clauses[1].Alternatives[0].Select(atom => Encoding.UTF8.GetString(plan.Atoms[atom].Value)));
        Assert.Equal([TermField.Id, TermField.Trace, TermField.Request], plan.Clauses[1].Alternatives.Skip(1).Select(atoms => plan.Atoms[atoms.Single()].Field));
    }

    [Fact]
    public void HasNoClauseForATextWithoutWords()
    {
        Assert.True(QueryPlan.Of(new EventQuery { Text = " - ... " }).IsUnfiltered);
        Assert.False(QueryPlan.Of(new EventQuery { To = DateTimeOffset.UnixEpoch }).IsUnfiltered);
    }

    [Fact]
    public void RefusesMoreThanItsBounds()
    {
        Assert.Throws<ArgumentException>(static () => QueryPlan.Of(new EventQuery { Actors = [.. Enumerable.Range(0, EventQuery.MostValues + 1).Select(static id => $"{id}")] }));
    }

    [Fact]
    public void KnowsThatNoEventHasMoreWordsThanAreKept()
    {
        var words = string.Join('-', Enumerable.Range(0, RecordTerms.MostWords).Select(static id => $"w{id}.w{id}"));

        Assert.False(QueryPlan.Of(new EventQuery { Text = words }).IsImpossible);
        Assert.Equal(RecordTerms.MostWords, QueryPlan.Of(new EventQuery { Text = words }).Clauses.Count);
        Assert.True(QueryPlan.Of(new EventQuery { Text = words + " more" }).IsImpossible);
        Assert.True(QueryPlan.Of(new EventQuery { Text = words + "-more-words" }).IsImpossible);
    }

    [Fact]
    public void TakesABoundBetweenTwoMillisecondsForTheLaterOne()
    {
        var plan = QueryPlan.Of(new EventQuery { From = DateTimeOffset.UnixEpoch.AddTicks(1), To = DateTimeOffset.UnixEpoch.AddMilliseconds(5) });

        Assert.Equal((1, 5), (plan.FromMs, plan.UntilMs));
    }

    private static IEnumerable<string> Values(QueryClause clause, QueryPlan plan) => clause.Atoms.Select(atom => Encoding.UTF8.GetString(plan.Atoms[atom].Value));
}
