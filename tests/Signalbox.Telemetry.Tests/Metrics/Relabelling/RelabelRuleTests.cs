using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Relabelling;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Relabelling;

public sealed class RelabelRuleTests
{
    private static readonly Labels Input = Labels.From(("a", "foo"), ("b", "bar"), ("c", "baz"));

    [Fact]
    public void ReplacesWithGroups() => Expect(
        "{a=\"foo\", b=\"bar\", c=\"baz\", d=\"ch-o-ch-bar$\"}",
        new RelabelConfig { SourceLabels = ["a", "b"], Separator = "-", Regex = "f(.)o-(.*)", TargetLabel = "d", Replacement = "ch-${1}-ch-$2$$" });

    [Fact]
    public void ReplacesNothingWhenTheWholeTextDoesNotMatch() =>
        Expect(Input.ToString(), new RelabelConfig { SourceLabels = ["a"], Regex = "o", TargetLabel = "d" });

    [Fact]
    public void ReplacesWithNothingAndSoRemoves() =>
        Expect("{b=\"bar\", c=\"baz\"}", new RelabelConfig { SourceLabels = ["missing"], TargetLabel = "a" });

    [Fact]
    public void ExpandsGroupsInTheTargetLabel() => Expect(
        "{a=\"foo\", b=\"bar\", c=\"baz\", pre_oo=\"foo\"}",
        new RelabelConfig { SourceLabels = ["a"], Regex = "f(?P<rest>.*)", TargetLabel = "pre_${rest}", Replacement = "f$rest" });

    [Fact]
    public void NumbersNamedAndPlainGroupsInTheirOrder() => Expect(
        "{a=\"1-2-3-2\", b=\"bar\", c=\"baz\"}",
        new RelabelConfig { SourceLabels = ["a"], Regex = "(f)(?P<second>[(o])(o)", TargetLabel = "a", Replacement = "$1-$2-$3-$second" },
        Labels.From(("a", "foo"), ("b", "bar"), ("c", "baz")),
        new RelabelConfig { SourceLabels = ["a"], Regex = "f-o-o-o", TargetLabel = "a", Replacement = "1-2-3-2" });

    [Fact]
    public void TakesTheLongestNameAfterADollarSign() =>
        Expect("{a=\"foo\", b=\"bar\", c=\"x\"}", new RelabelConfig { SourceLabels = ["a"], TargetLabel = "c", Replacement = "x$1x" });

    [Theory]
    [InlineData("keep", "foo;bar", true)]
    [InlineData("keep", "foo", false)]
    [InlineData("drop", "foo;bar", false)]
    [InlineData("drop", "fo.*x", true)]
    public void KeepsAndDropsByTheJoinedSources(string action, string regex, bool kept) =>
        Assert.Equal(kept, new RelabelRule(new RelabelConfig { Action = action, SourceLabels = ["a", "b"], Regex = regex }).Apply(Input) is not null);

    [Theory]
    [InlineData("keepequal", "a", "foo", true)]
    [InlineData("keepequal", "b", "foo", false)]
    [InlineData("dropequal", "a", "foo", false)]
    [InlineData("dropequal", "b", "foo", true)]
    public void ComparesWithTheTargetLabel(string action, string source, string target, bool kept) => Assert.Equal(
        kept,
        new RelabelRule(new RelabelConfig { Action = action, SourceLabels = [source], TargetLabel = "t" }).Apply(Input.With("t", target)) is not null);

    [Fact]
    public void HashesAsPrometheusDoes() =>
        Expect("{a=\"foo\", b=\"bar\", c=\"baz\", d=\"976\"}", new RelabelConfig { Action = "hashmod", SourceLabels = ["c"], TargetLabel = "d", Modulus = 1000 });

    [Fact]
    public void MapsLabelNames() => Expect(
        "{a=\"foo\", b=\"bar\", bar_a=\"foo\", bar_b=\"bar\", c=\"baz\"}",
        new RelabelConfig { Action = "labelmap", Regex = "([ab])", Replacement = "bar_$1" });

    [Fact]
    public void DropsLabels() => Expect("{c=\"baz\"}", new RelabelConfig { Action = "labeldrop", Regex = "[ab]" });

    [Fact]
    public void KeepsLabels() => Expect("{a=\"foo\", b=\"bar\"}", new RelabelConfig { Action = "LabelKeep", Regex = "a|b" });

    [Fact]
    public void ChangesCase() => Expect(
        "{a=\"foo\", b=\"bar\", c=\"baz\", l=\"foo\", u=\"FOO\"}",
        new RelabelConfig { Action = "uppercase", SourceLabels = ["a"], TargetLabel = "u" },
        null,
        new RelabelConfig { Action = "lowercase", SourceLabels = ["u"], TargetLabel = "l" });

    [Fact]
    public void StopsAtTheRuleThatDrops() => Assert.Null(RelabelRule.ApplyAll(
        [new RelabelRule(new RelabelConfig { Action = "drop", SourceLabels = ["a"] }), new RelabelRule(new RelabelConfig { TargetLabel = "x", Replacement = "y" })],
        Input));

    [Fact]
    public void SaysEveryFaultAtOnce()
    {
        var exception = Assert.Throws<RelabelConfigException>(() => new RelabelRule(new RelabelConfig { Action = "hashmod", Regex = "(" }));

        Assert.Contains("regex '(' is not valid", exception.Message, StringComparison.Ordinal);
        Assert.Contains("needs a modulus", exception.Message, StringComparison.Ordinal);
        Assert.Contains("needs a target_label", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("explode", null, null, "is not one of replace, keep")]
    [InlineData("labeldrop", "t", null, "does not use target_label")]
    [InlineData("lowercase", "t", "r", "does not use replacement")]
    [InlineData("replace", null, null, "needs a target_label")]
    [InlineData("labelmap", null, "", "needs a replacement")]
    public void RefusesRulesThatCannotWork(string action, string? target, string? replacement, string reason)
    {
        var exception = Assert.Throws<RelabelConfigException>(() => new RelabelRule(new RelabelConfig { Action = action, TargetLabel = target, Replacement = replacement }));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefusesARegexThatNeedsBacktracking()
    {
        var exception = Assert.Throws<RelabelConfigException>(() => new RelabelRule(new RelabelConfig { Action = "keep", Regex = "(a)\\1" }));

        Assert.Contains("backtracking", exception.Message, StringComparison.Ordinal);
    }

    private static void Expect(string expected, RelabelConfig first, Labels? input = null, params RelabelConfig[] more) =>
        Assert.Equal(expected, RelabelRule.ApplyAll(more.Prepend(first).Select(static config => new RelabelRule(config)), input ?? Input)?.ToString());
}
