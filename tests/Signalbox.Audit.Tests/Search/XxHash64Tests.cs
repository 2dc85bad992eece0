using System.Text;
using Signalbox.Server.Audit.Search;
using Xunit;

namespace Signalbox.Audit.Tests.Search;

public sealed class XxHash64Tests
{
    [Theory]
    [InlineData("", 0UL, 0xEF46DB3751D8E999)]
    [InlineData("a", 0UL, 0xD24EC4F1A98C6E5B)]
    [InlineData("abc", 0UL, 0x44BC2CF5AD770999)]
    [InlineData("Nobody inspects the spammish repetition", 0UL, 0xFBCEA83C8A378BF1)]
    public void GivesThePublishedValues(string text, ulong seed, ulong expected) => Assert.Equal(expected, XxHash64.Of(Encoding.UTF8.GetBytes(text), seed));

    [Fact]
    public void DependsOnTheSeedAndOnEveryByte()
    {
        var seen = new HashSet<ulong>();
        for (var length = 0; length < 100; length++)
        {
            Assert.True(seen.Add(XxHash64.Of(new byte[length], 1)));
            Assert.True(seen.Add(XxHash64.Of(new byte[length], 2)));
        }
    }
}
