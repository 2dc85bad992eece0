using Xunit;

namespace Signalbox.Runner.Tests.WorkTree;

public sealed class UnusualNamesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TellsOfLinksThatLeadToWhatChanged(bool git)
    {
        using var scene = new GitScene(git);
        scene.Write("real/deep/a", "1\n").Write("AGENTS.md", "1\n").Write("same", "1\n");
        File.CreateSymbolicLink(scene.File("folder"), "real/deep");
        File.CreateSymbolicLink(scene.File("again"), "folder");
        File.CreateSymbolicLink(scene.File("CLAUDE.md"), "AGENTS.md");
        File.CreateSymbolicLink(scene.File("other"), "same");
        File.CreateSymbolicLink(scene.File("out"), "/etc");
        File.CreateSymbolicLink(scene.File("loop"), "loop");
        if (git)
        {
            scene.Commit();
        }

        var changed = await scene.ChangesAsync(() =>
        {
            scene.Write("folder/a", "2\n").Write("CLAUDE.md", "2\n");
            File.CreateSymbolicLink(scene.File("new"), "AGENTS.md");
        });
        Assert.Equal(["AGENTS.md modified +1 -1 2", "new added +? -? 0", "real/deep/a modified +1 -1 2"], GitWorkTreeTests.Lines(changed));
        Assert.Equal(["CLAUDE.md AGENTS.md", "again real/deep", "folder real/deep", "new AGENTS.md"], changed.Links.Select(static link => $"{link.Path} {link.Target}"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ANameThatIsNoUtf8HidesNothing(bool git)
    {
        using var scene = new GitScene(git);
        scene.Run("sh", "-c", "echo 1 > \"$(printf 'old\\377')\"; echo 1 > \"$(printf 'gone\\377')\"");
        if (git)
        {
            scene.Commit();
        }

        var unchanged = await scene.ChangesAsync(static () => { });
        var changed = await scene.ChangesAsync(() => scene.Run("sh", "-c", "echo 22 > \"$(printf 'old\\377')\"; echo 1 > \"$(printf 'new\\377')\"; rm \"$(printf 'gone\\377')\""));
        scene.Run("sh", "-c", "rm -f old* new*");

        Assert.Empty(unchanged.Changes);
        string[] expected = ["gone\uFFFD deleted", "new\uFFFD added"];
        Assert.Equal(git ? [.. expected, "old\uFFFD modified"] : expected, changed.Changes.Select(static change => $"{change.Path} {change.Kind}"));
    }
}
