using Signalbox.Server.Platform.Client;
using Xunit;

namespace Signalbox.Audit.Tests.Shell;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("Ada · 10 € 漢字", "Ada · 10 € 漢字")]
    [InlineData("\u001b]0;owned\u0007", "\\x1b]0;owned\\x07")]
    [InlineData("a\r\nb", "a\\x0d\\x0ab")]
    [InlineData("a\u009bb", "a\\u009bb")]
    [InlineData("a\u202enimda", "a\\u202enimda")]
    [InlineData("a\u2066b", "a\\u2066b")]
    public void ShowsTheCommandsOfTerminalsInsteadOfObeyingThem(string text, string expected) => Assert.Equal(expected, PlainText.Of(text));

    [Fact]
    public void NoCellOfATableBreaksOutOfItsLine()
    {
        using var output = new StringWriter();

        TextTable.Write(output, ["ACTOR", "ACTION"], [["eve\n1  ada", "session.create"], ["\u001b[2Jeve", "session.create"]]);

        Assert.Equal(3, output.ToString().TrimEnd().Split('\n').Length);
        Assert.DoesNotContain('\u001b', output.ToString());
    }
}
