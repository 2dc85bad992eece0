using Signalbox.Runner.Policies;
using Xunit;

namespace Signalbox.Runner.Tests.Policies;

public sealed class PathPatternTests
{
    [Theory]
    [InlineData("ci/**", "ci/a", true)]
    [InlineData("ci/**", "ci/a/b/c", true)]
    [InlineData("ci/**", "ci", true)]
    [InlineData("ci/", "ci/a/b", true)]
    [InlineData("ci/**", "circus/a", false)]
    [InlineData("ci/**", "x/ci/a", false)]
    [InlineData("ci/*", "ci/a", true)]
    [InlineData("ci/*", "ci/a/b", false)]
    [InlineData("ci/*", "ci", false)]
    [InlineData("*.sql", "a.sql", true)]
    [InlineData("*.sql", "db/a.sql", false)]
    [InlineData("**/*.sql", "a.sql", true)]
    [InlineData("**/*.sql", "db/x/a.sql", true)]
    [InlineData("**/migrations/**/*.sql", "db/migrations/a.sql", true)]
    [InlineData("**/migrations/**/*.sql", "migrations/1/2/a.sql", true)]
    [InlineData("**/migrations/**/*.sql", "db/a.sql", false)]
    [InlineData("src/?.cs", "src/a.cs", true)]
    [InlineData("src/?.cs", "src/ab.cs", false)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b/**/c", "a/b/b/x/c", true)]
    [InlineData("**", "anything/at/all", true)]
    [InlineData("a*b*c", "axxbxxc", true)]
    [InlineData("a*b*c", "axxcxxb", false)]
    [InlineData("exact", "exact", true)]
    [InlineData("exact", "Exact", false)]
    public void MatchesSegmentByHand(string pattern, string path, bool matches) =>
        Assert.Equal(matches, PathPattern.Parse(pattern)!.Matches(path.Split('/'), StringComparison.Ordinal));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("a/../b")]
    [InlineData("./a")]
    [InlineData("~/a")]
    public void RefusesWhatNamesNoPlace(string pattern) => Assert.Null(PathPattern.Parse(pattern));

    [Fact]
    public void TakesNoLongerForPatternsMadeToBeSlow()
    {
        // With plain backtracking each of these would take longer than anybody waits.
        var stars = PathPattern.Parse(string.Join('/', Enumerable.Repeat("**/a", 30)) + "/b")!;
        Assert.False(stars.Matches(Enumerable.Repeat("a", 200).ToArray(), StringComparison.Ordinal));
        Assert.False(TextPattern.Matches(string.Concat(Enumerable.Repeat("*a", 50)) + "b", new string('a', 5000), StringComparison.Ordinal));
    }
}
