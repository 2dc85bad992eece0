using System.Text.RegularExpressions;
using Xunit;

namespace Signalbox.Architecture.Tests;

public sealed partial class ForbiddenWordsTests
{
    [Fact]
    public void NothingIsLeftForLater() => Exceptions.Check(
        "left-for-later",
        from file in SourceTree.Files
        where !file.Path.EndsWith("ForbiddenWordsTests.cs", StringComparison.Ordinal)
        from Match match in LeftForLater().Matches(file.Text)
        select (file.Path, $"it says '{match.Value}'"));

    [Fact]
    public void NoTestSleeps() => Exceptions.Check(
        "test-sleeps",
        from file in SourceTree.Files
        where file.Path.StartsWith("tests/", StringComparison.Ordinal) && !file.Path.EndsWith("ForbiddenWordsTests.cs", StringComparison.Ordinal)
        from Match match in Sleeps().Matches(file.Text)
        select (file.Path, $"it says '{match.Value}'"));

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b|\bXXX\b", RegexOptions.None, 1000)]
    private static partial Regex LeftForLater();

    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay\([^;]*TimeProvider\.System|waitForTimeout|WaitForTimeoutAsync", RegexOptions.None, 1000)]
    private static partial Regex Sleeps();
}
