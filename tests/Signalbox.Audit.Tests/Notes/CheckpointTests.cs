using Signalbox.Server.Audit.Notes;
using Xunit;

namespace Signalbox.Audit.Tests.Notes;

public sealed class CheckpointTests
{
    private const string Root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

    /// <summary>Source: https://c2sp.org/tlog-cosignature</summary>
    private const string PublicExample =
        $"example.com/behind-the-sofa\n20852163\n{Root}\n\n"
        + "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
        + "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

    [Fact]
    public void ReadsAndWritesAPublicOne()
    {
        var note = SignedNote.Parse(PublicExample);
        var checkpoint = Checkpoint.Parse(note.Text);

        Assert.Equal(("example.com/behind-the-sofa", 20_852_163L), (checkpoint.Origin, checkpoint.Size));
        Assert.Equal(Root, Convert.ToBase64String(checkpoint.Root));
        Assert.Equal(note.Text, checkpoint.ToText());
        Assert.Equal(2, note.Signatures.Count);
    }

    [Fact]
    public void KeepsLinesThatSayMore() => Assert.Equal(["one", "two"], Checkpoint.Parse($"o\n0\n{Root}\none\ntwo\n").Extensions);

    [Theory]
    [InlineData($"o\n1\n{Root}")]
    [InlineData($"o\n1\n")]
    [InlineData($"\n1\n{Root}\n")]
    [InlineData($"o\n01\n{Root}\n")]
    [InlineData($"o\n+1\n{Root}\n")]
    [InlineData($"o\n-1\n{Root}\n")]
    [InlineData($"o\n 1\n{Root}\n")]
    [InlineData($"o\n9223372036854775808\n{Root}\n")]
    [InlineData($"o\n1\n{Root}\n\n")]
    [InlineData($"o\n1\n{Root}\n\nmore\n")]
    [InlineData("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n")]
    [InlineData("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n")]
    [InlineData("o\n1\nnonsense\n")]
    public void RefusesWhatIsNoCheckpoint(string text) => Assert.Throws<NoteFormatException>(() => Checkpoint.Parse(text));
}
