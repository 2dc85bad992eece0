using FsCheck;
using FsCheck.Fluent;
using Signalbox.Runner.WorkTree;
using Xunit;

namespace Signalbox.Runner.Tests.WorkTree;

public sealed class LineDiffTests
{
    private static readonly Gen<string> Text = Gen.Elements("a\n", "b\n", "c\n", "d\n", "e").ListOf().Select(static lines => string.Concat(lines));

    [Fact]
    public void IsTheShortestWayAndLeadsThere() => Prop.ForAll(Text.ToArbitrary(), Text.ToArbitrary(), static (before, after) =>
    {
        var (a, b) = (LineDiff.Lines(before), LineDiff.Lines(after));
        var (made, at) = (new List<string>(), 0);
        var differences = 0;
        foreach (var (start, end, newStart, newEnd) in LineDiff.Blocks(a, b))
        {
            made.AddRange(a[at..start]);
            made.AddRange(b[newStart..newEnd]);
            differences += end - start + newEnd - newStart;
            at = end;
        }

        made.AddRange(a[at..]);
        return made.SequenceEqual(b) && differences == a.Count + b.Count - (2 * Common(a, b));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TextsThatHaveNothingInCommonAreReplacedWhole()
    {
        var before = string.Concat(Enumerable.Range(0, 20_000).Select(static line => $"a{line}\n"));
        var after = string.Concat(Enumerable.Range(0, 30_000).Select(static line => $"b{line}\n"));
        Assert.Equal((30_000, 20_000), LineDiff.Count(before, after));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("a\n", 1)]
    [InlineData("a\nb", 2)]
    public void CountsLinesAsPeopleDo(string text, long lines) => Assert.Equal(lines, LineDiff.CountLines(text));

    [Fact]
    public void ShowsWhatDiffShows()
    {
        var before = string.Concat(Enumerable.Range(1, 20).Select(static line => $"{line}\n"));
        var after = before.Replace("\n5\n", "\n5x\n", StringComparison.Ordinal).Replace("\n15\n", "\n", StringComparison.Ordinal) + "end";
        Assert.Equal(
            "--- a/f\n+++ b/f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+5x\n 6\n 7\n 8\n@@ -12,9 +12,9 @@\n 12\n 13\n 14\n-15\n 16\n 17\n 18\n 19\n 20\n+end\n\\ No newline at end of file\n",
            UnifiedDiff.Of("f", before, after, 10_000));
    }

    private static int Common(List<string> a, List<string> b)
    {
        var longest = new int[a.Count + 1, b.Count + 1];
        for (var x = a.Count - 1; x >= 0; x--)
        {
            for (var y = b.Count - 1; y >= 0; y--)
            {
                longest[x, y] = a[x] == b[y] ? longest[x + 1, y + 1] + 1 : Math.Max(longest[x + 1, y], longest[x, y + 1]);
            }
        }

        return longest[0, 0];
    }
}
