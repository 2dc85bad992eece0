using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Tests.Model;

public sealed class Re2PatternFacts
{
    [Theory]
    [InlineData("(?P<name>a+)b", "aab", true)]
    [InlineData("[[:alpha:]]+", "abc", true)]
    [InlineData("[[:alpha:]_]+", "a_1", false)]
    [InlineData("[^[:digit:]]", "x", true)]
    [InlineData(@"\d+", "٣", false)]
    [InlineData(@"[\d.]+", "1.5", true)]
    [InlineData(@"\Qa.b\E.", "a.bc", true)]
    [InlineData(@"\Qa.b\E", "axb", false)]
    [InlineData("[a[]+", "a[a", true)]
    [InlineData("[]a]+", "]a", true)]
    [InlineData("a.b", "a\nb", true)]
    [InlineData("(?i:ABC)", "abc", true)]
    [InlineData("a|b", "ab", false)]
    [InlineData(@"foo\[bar\]", "foo[bar]", true)]
    public void MatchesAsRe2Does(string pattern, string text, bool matches)
    {
        Assert.Equal(matches, new LabelMatcher("a", MatchKind.Regex, pattern).Matches(text));
        Assert.Equal(matches, Re2Pattern.Anchored(pattern).IsMatch(text));
    }

    [Theory]
    [InlineData("(")]
    [InlineData(@"(a)\1")]
    [InlineData("(?=a)")]
    [InlineData("[[:nope:]]")]
    public void RefusesWhatRe2Refuses(string pattern) => Assert.ThrowsAny<ArgumentException>(() => Re2Pattern.Anchored(pattern));
}
