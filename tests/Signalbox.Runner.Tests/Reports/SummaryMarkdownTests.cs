using FsCheck;
using FsCheck.Fluent;
using Signalbox.Runner.Readings.Report;
using Signalbox.Runner.Reports;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Reports;

public sealed class SummaryMarkdownTests
{
    [Fact]
    public void AgentsRunIsTheTextThatIsCommitted() => Golden.Matches("tests/Signalbox.Runner.Tests/Reports/Goldens/agent.md", SummaryMarkdown.Write(SampleReports.Agent));

    [Fact]
    public void PlainRunIsTheTextThatIsCommitted() => Golden.Matches("tests/Signalbox.Runner.Tests/Reports/Goldens/plain.md", SummaryMarkdown.Write(SampleReports.Plain));

    [Fact]
    public void HostileRunIsTheTextThatIsCommitted() => Golden.Matches("tests/Signalbox.Runner.Tests/Reports/Goldens/hostile.md", SummaryMarkdown.Write(SampleReports.Hostile));

    [Fact]
    public void HostileTextsNeitherBreakTheTablesNorReachThePage()
    {
        var text = SummaryMarkdown.Write(SampleReports.Hostile);

        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript:", text, StringComparison.Ordinal);
        Assert.DoesNotContain("@alice", text, StringComparison.Ordinal);
        Assert.DoesNotContain("https://evil.example and", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', text);
        foreach (var table in text.Split("\n\n").Where(static part => part.StartsWith('|') || part.Contains("\n|", StringComparison.Ordinal)))
        {
            var rows = table.Split('\n').Where(static line => line.StartsWith('|')).Select(static line => line.Count(static character => character == '|')).Distinct();
            Assert.Single(rows);
        }
    }

    [Fact]
    public void LongListsEndInASentenceAndUnattributedFilesComeFirst()
    {
        var report = SampleReports.Agent with
        {
            Changes =
            [
                .. Enumerable.Range(0, 70).Select(static index => new ChangeReport { Path = $"a{index}.txt", Kind = "added", Bytes = 1, Attributed = true }),
                new ChangeReport { Path = "zz.sh", Kind = "modified", Bytes = 1, Attributed = false },
            ],
        };

        var text = SummaryMarkdown.Write(report);

        Assert.Contains("… and 21 more files; `report.json` has them all.", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("zz.sh", StringComparison.Ordinal) < text.IndexOf("`a0.txt`", StringComparison.Ordinal), "The file that no event tells of comes first.");
    }

    [Theory]
    [InlineData("github", "https://github.com/acme/shop.git", "https://github.com/acme/shop/blob/3f2a9c81/a%20b/c%23.cs")]
    [InlineData("gitlab", "https://git.example/acme/shop", "https://git.example/acme/shop/-/blob/3f2a9c81/a%20b/c%23.cs")]
    [InlineData("jenkins", "https://bitbucket.org/acme/shop", "https://bitbucket.org/acme/shop/src/3f2a9c81/a%20b/c%23.cs")]
    [InlineData("jenkins", "https://git.example/acme/shop", null)]
    [InlineData("github", "git@github.com:acme/shop.git", null)]
    public void FilesAreLinkedWhereThePlatformIsKnown(string platform, string repository, string? link) =>
        Assert.Equal(link, new SourceLinks(new CiReport { Platform = platform, RepositoryUrl = repository, Commit = "3f2a9c81" }).File("a b/c#.cs"));

    [Fact]
    public void NoTextLeavesItsCell() =>
        Prop.ForAll<string>(static value =>
        {
            var plain = MarkdownText.Plain(value ?? string.Empty);
            var code = MarkdownText.Code(value ?? string.Empty);
            return plain.IndexOfAny(['|', '\n', '\r', '<', '`']) < 0 && code.IndexOfAny(['|', '\n', '\r']) < 0 && plain.Length <= 1000;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0.25, "250 ms")]
    [InlineData(59.94, "59.9 s")]
    [InlineData(125.5, "2 min 5 s")]
    [InlineData(7380, "2 h 3 min")]
    [InlineData(double.NaN, "0 ms")]
    public void DurationsReadWell(double seconds, string text) => Assert.Equal(text, FigureText.Duration(seconds));

    [Theory]
    [InlineData(0, "$0.00")]
    [InlineData(0.0042, "$0.0042")]
    [InlineData(1234.5, "$1,234.50")]
    public void MoneyReadsWell(double value, string text) => Assert.Equal(text, FigureText.Usd(value));
}
