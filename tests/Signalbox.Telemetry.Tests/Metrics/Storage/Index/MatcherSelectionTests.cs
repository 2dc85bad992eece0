using FsCheck;
using FsCheck.Fluent;
using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Storage.Index;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Storage.Index;

/// <summary>The index finds exactly the series that satisfy every matcher one by one.</summary>
public sealed class MatcherSelectionTests
{
    private static readonly string[] Names = ["a", "b", "c"];
    private static readonly string[] Values = ["", "x", "xy", "xyz", "y", "ünicode", "𝒳"];
    private static readonly string[] Patterns = ["", ".*", ".+", "x.*", "x.+", "xy?", "xyz*", "x|y", "x|", "(xy|y).*", "[xy]+", "nothing", "ü.*", "x{1,2}", "^x$", "y|ünicode|zzz"];

    [Fact]
    public void FindsWhatOneByOneWouldFind()
    {
        var labels = Gen.Elements(Values).ListOf(Names.Length).Select(static values => Labels.From(Names.Zip(values, static (name, value) => new Label(name, value))));
        var plain = from name in Gen.Elements(Names.Append("absent").ToArray()) from kind in Gen.Elements(MatchKind.Equal, MatchKind.NotEqual) from value in Gen.Elements(Values) select new LabelMatcher(name, kind, value);
        var pattern = from name in Gen.Elements(Names) from kind in Gen.Elements(MatchKind.Regex, MatchKind.NotRegex) from value in Gen.Elements(Patterns) select new LabelMatcher(name, kind, value);
        var cases = Gen.Zip(labels.ListOf(30), Gen.OneOf(plain, pattern).ListOf(3));
        Prop.ForAll(cases.ToArbitrary(), static one => Agrees([.. one.Item1.Distinct()], [.. one.Item2])).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Theory]
    [InlineData("api.*", "api")]
    [InlineData("api-v?", "api-")]
    [InlineData("ap+i", "a")]
    [InlineData("a|b.*", "")]
    [InlineData("(?i)api", "")]
    [InlineData("api\\.v1", "api")]
    public void KnowsWhatEveryMatchStartsWith(string pattern, string prefix) => Assert.Equal(prefix, LiteralPrefix.Of(pattern));

    private static bool Agrees(Labels[] all, LabelMatcher[] matchers)
    {
        var index = new SeriesIndex<Entry>();
        foreach (var labels in all)
        {
            index.Add(new Entry(labels));
        }

        var expected = all.Where(labels => matchers.All(matcher => matcher.Matches(labels.Get(matcher.Name))));
        var found = index.Select(matchers, Samples.AllTime, CancellationToken.None);
        return found.Select(entry => entry.Identity.Labels(index.Postings)).SequenceEqual(expected);
    }

    private sealed class Entry(Labels labels) : IIndexedSeries
    {
        public SeriesIdentity Identity { get; } = new(SeriesKey.FromLabels(labels), 0);

        public bool Overlaps(TimeWindow window) => true;
    }
}
