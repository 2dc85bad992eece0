using System.Text;
using Signalbox.Runner.WorkTree;
using Xunit;

namespace Signalbox.Runner.Tests.WorkTree;

public sealed class GitOutputTests
{
    [Fact]
    public void ReadsDifferences()
    {
        var output = Encoding.UTF8.GetBytes(":100644 100644 aa 00 M\0a b\nc\0:100755 000000 bb 00 D\0d\0:000000 000000 00 00 U\0e\0:100644 100644 cc 00 M\0e\0");
        Assert.Equal(
            [new GitDifference("a b\nc", "100644", "aa", 'M'), new GitDifference("d", "100755", "bb", 'D') { HasNewMode = true }, new GitDifference("e", "000000", "00", 'U')],
            GitOutput.Differences(output).Values);
    }

    [Fact]
    public void ReadsContents()
    {
        var contents = GitOutput.Contents("aa blob 3\nx\ny\nbb missing\ncc blob 0\n\ndd blob 9\ncut"u8);
        Assert.Equal(["aa=x\ny", "cc="], contents.Select(static pair => $"{pair.Key}={Encoding.UTF8.GetString(pair.Value)}"));
    }

    [Fact]
    public void TakesWhateverItIsGiven()
    {
        var random = new Random(3);
        byte[][] pieces = [":100644 100644 aa bb M"u8.ToArray(), "\0"u8.ToArray(), "\n"u8.ToArray(), "aa blob 5\n"u8.ToArray(), [0xff, 0xfe], ":"u8.ToArray(), " "u8.ToArray(), ":1 2 3 4 R"u8.ToArray(), "x"u8.ToArray(), "a blob -1\n"u8.ToArray()];
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Enumerable.Range(0, random.Next(12)).SelectMany(_ => pieces[random.Next(pieces.Length)]).ToArray();
            Assert.All(GitOutput.Differences(bytes), static pair => Assert.Equal(pair.Key, pair.Value.Path));
            Assert.All(GitOutput.Contents(bytes), pair => Assert.True(pair.Value.Length <= bytes.Length));
            Assert.NotNull(GitOutput.Paths(bytes));
            Assert.NotNull(GitOutput.Sizes(bytes));
        }
    }
}
