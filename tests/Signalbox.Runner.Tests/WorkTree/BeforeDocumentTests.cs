using System.Text;
using System.Text.Json;
using Signalbox.Runner.WorkTree;
using Xunit;

namespace Signalbox.Runner.Tests.WorkTree;

/// <summary>What is written by hand is what the generated form writes.</summary>
public sealed class BeforeDocumentTests
{
    [Fact]
    public void WritesEveryMember() => AssertSame(new WorkTreeBefore
    {
        Method = WorkTreeBefore.Git,
        Options = new WorkTreeOptions { Enabled = true, MaxFiles = 1, MaxBytes = 2, MaxKeptBytes = 3, MaxDiffFileBytes = 4, MaxDiffLength = 5, MaxShownLength = 6, MaxChanges = 7, Ignore = ["*.log", "größe/**"] },
        Top = "/repo",
        Prefix = "app/",
        GitFolder = "/repo/.git",
        Head = "abc",
        CutAt = "z",
        Omitted = 8,
        Files =
        [
            new FileState { Path = "a \"b\" + ü\n.txt", Kind = FileState.File, Size = 9, IsExecutable = true, WrittenAt = 10, Hash = "ff", KeptAt = 11 },
            new FileState { Path = "gone", Kind = FileState.Absent },
        ],
    });

    [Fact]
    public void LeavesOutWhatIsNotThere() => AssertSame(new WorkTreeBefore { Method = WorkTreeBefore.Manifest, Top = "/x", Files = [] });

    private static void AssertSame(WorkTreeBefore before) =>
        Assert.Equal(JsonSerializer.Serialize(before, WorkTreeJson.Written.WorkTreeBefore), Encoding.UTF8.GetString(BeforeDocument.Write(before)));
}
