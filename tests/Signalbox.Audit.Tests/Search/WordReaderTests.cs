using System.Text;
using Signalbox.Server.Audit.Search;
using Xunit;

namespace Signalbox.Audit.Tests.Search;

public sealed class WordReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  .,;- ", "")]
    [InlineData("nightly-backup", "nightly backup")]
    [InlineData("Audit: Ann deleted job Nightly_Backup.", "audit ann deleted job nightly backup")]
    [InlineData("/schedule/timeZone", "schedule timezone")]
    [InlineData("v1.2.3 10.0.0.7", "v1 2 3 10 0 0 7")]
    [InlineData("ann@example.com", "ann example com")]
    [InlineData("Größe ÅNGSTRÖM Ёлка", "größe ångström ёлка")]
    [InlineData("备份", "备份")]
    [InlineData("数据库备份", "数据 据库 库备 备份")]
    [InlineData("备 份", "备 份")]
    [InlineData("删除job备份now", "删除 job 备份 now")]
    [InlineData("ジョブ", "ジョ ョブ")]
    [InlineData("작업을", "작업 업을")]
    [InlineData("a备b", "a 备 b")]
    [InlineData("备é", "备 é")]
    [InlineData("café—bar", "café bar")]
    public void SplitsAsAPersonWould(string text, string expected) => Assert.Equal(expected, string.Join(' ', Words(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void CutsLongWordsAtACharacter()
    {
        var word = new string('x', 63) + "é" + "yz";

        Assert.Equal([new string('x', 63)], Words(Encoding.UTF8.GetBytes(word)));
        Assert.Equal([new string('x', 64), "a"], Words(Encoding.UTF8.GetBytes(new string('X', 100) + " a")));
    }

    [Fact]
    public void FindsInATextTheWordsOfItsParts()
    {
        var random = new Random(7);
        string[] parts = ["nightly", "-", " ", "备", "份", "é", "X9", "/", ".", "Ω", "한", "😀", "\u0301"];
        for (var round = 0; round < 500; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => parts[random.Next(parts.Length)]));
            var lower = Words(Encoding.UTF8.GetBytes(text));

            Assert.Equal(lower, Words(Encoding.UTF8.GetBytes(text + " ")));
            Assert.Equal(lower, Words(Encoding.UTF8.GetBytes("-" + text)));
            Assert.Equal([.. lower, "end"], Words(Encoding.UTF8.GetBytes(text + " end")));
        }
    }

    [Fact]
    public void ReadsRandomBytesToTheirEnd()
    {
        var random = new Random(11);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);

            Assert.All(Words(bytes), static word => Assert.NotEmpty(word));
        }
    }

    private static List<string> Words(byte[] text)
    {
        var found = new List<string>();
        var words = new WordReader(text, stackalloc byte[WordReader.LongestWord]);
        while (words.Next(out var word))
        {
            Assert.InRange(word.Length, 1, WordReader.LongestWord);
            found.Add(Encoding.UTF8.GetString(word));
        }

        return found;
    }
}
