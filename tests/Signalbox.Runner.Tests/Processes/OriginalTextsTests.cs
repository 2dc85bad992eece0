using Signalbox.Runner.Processes.Unix;
using Xunit;

namespace Signalbox.Runner.Tests.Processes;

public sealed class OriginalTextsTests
{
    private static readonly byte[] Strange = [(byte)'c', (byte)'a', (byte)'f', 0xE9];

    private static readonly OriginalTexts Texts = new(
        [.. "cicd-runner\0run\0--config\0"u8, 0xFF, .. "\0--\0ls\0\0"u8, .. Strange, 0, .. "x\0"u8, 0xED, 0xA0, 0x80, 0],
        [.. "PATH=/bin\0A="u8, .. Strange, .. "\0"u8, 0xFF, .. "=1\0"u8, 0xFE, .. "=2\0\0NOVALUE\0"u8]);

    [Fact]
    public void GivesWordsThatAreNoTextAsTheyCame() =>
        Assert.Equal(["ls"u8.ToArray(), [], Strange, "x"u8.ToArray(), [0xED, 0xA0, 0x80]], Texts.WordsOf(["ls", "", "caf\uFFFD", "x", "\uFFFD\uFFFD"]));

    [Fact]
    public void LeavesWordsThatItDoesNotKnow()
    {
        Assert.Equal(["other\uFFFD"u8.ToArray()], Texts.WordsOf(["other\uFFFD"]));
        Assert.Equal(["\uFFFD"u8.ToArray()], new OriginalTexts([], []).WordsOf(["\uFFFD"]));
    }

    [Fact]
    public void GivesVariablesAsTheyCameUnlessTheyHaveBeenChanged()
    {
        Assert.Equal(["PATH=/usr/bin"u8.ToArray()], Texts.VariablesOf("PATH", "/usr/bin"));
        Assert.Equal([[.. "A="u8, .. Strange]], Texts.VariablesOf("A", "caf\uFFFD"));
        Assert.Equal(["A=other\uFFFD"u8.ToArray()], Texts.VariablesOf("A", "other\uFFFD"));
        Assert.Equal([[0xFF, .. "=1"u8], [0xFE, .. "=2"u8]], Texts.VariablesOf("\uFFFD", "2"));
    }
}
