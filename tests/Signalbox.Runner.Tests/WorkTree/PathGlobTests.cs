using Signalbox.Runner.WorkTree;
using Xunit;

namespace Signalbox.Runner.Tests.WorkTree;

public sealed class PathGlobTests
{
    [Theory]
    [InlineData("**/.env", ".env", true)]
    [InlineData("**/.env", "a/b/.env", true)]
    [InlineData("**/.env", "a/x.env", false)]
    [InlineData(".github/workflows/**", ".github/workflows/a/b.yml", true)]
    [InlineData(".github/workflows/**", ".github/other.yml", false)]
    [InlineData("*.cs", "a.cs", true)]
    [InlineData("*.cs", "a/b.cs", false)]
    [InlineData("**/migrations/**", "db/migrations/1.sql", true)]
    [InlineData("**/migrations/**", "migrations/1.sql", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("docs/", "docs/x/y", true)]
    [InlineData("mcp__tickets__*", "mcp__tickets__close", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    public void ComparesPaths(string pattern, string path, bool matches) => Assert.Equal(matches, PathGlob.Matches(pattern, path));

    [Fact]
    public void APatternThatIsMadeToTakeLongIsGivenUp() => Assert.False(PathGlob.Matches(string.Concat(Enumerable.Repeat("*a", 60)) + "b", new string('a', 3000)));
}
