using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.WorkTree;

public sealed class ManifestTests
{
    [Fact]
    public async Task WithoutARepositoryFilesAreComparedOneByOne()
    {
        using var scene = new GitScene(git: false);
        scene.Write("a", "1\n").Write("b/c", "1\n").Write("gone", "1\n").Write("same", "1\n");
        File.CreateSymbolicLink(scene.File("link"), "/etc");
        var changed = await scene.ChangesAsync(() =>
        {
            scene.Write("a", "2\n").Write("new", "1\n").Write("b/c", "1\n2\n");
            File.Delete(scene.File("gone"));
            File.Delete(scene.File("link"));
            File.CreateSymbolicLink(scene.File("link"), "/usr");
        });
        Assert.Equal("manifest", changed.Method);
        Assert.Equal(["a modified +1 -1 2", "b/c modified +1 -0 4", "gone deleted +0 -1 0", "link modified +? -? 0", "new added +1 -0 2"], GitWorkTreeTests.Lines(changed));
    }

    [Fact]
    public async Task ARepositoryWithoutAnInstalledGitIsComparedTheSameWay()
    {
        using var scene = new GitScene();
        scene.Write("a", "1\n").Commit();
        scene.Environment["PATH"] = "/nonexistent";
        var changed = await scene.ChangesAsync(() => scene.Write("a", "2\n"));
        Assert.Equal("manifest", changed.Method);
        Assert.Equal(["a modified +1 -1 2"], GitWorkTreeTests.Lines(changed));
    }

    [Fact]
    public async Task AGitThatCannotBeStartedIsAsGoodAsNone()
    {
        using var scene = new GitScene();
        scene.Write("a", "1\n").Commit();
        using var programs = new TemporaryFolder();
        await File.WriteAllBytesAsync(programs.File("git"), [0x7f, 0, 0, 0], TestContext.Current.CancellationToken);
        scene.Run("chmod", "+x", programs.File("git"));
        scene.Environment["PATH"] = programs.Path;
        var changed = await scene.ChangesAsync(() => scene.Write("a", "2\n"));
        Assert.Equal("manifest", changed.Method);
        Assert.Equal(["a modified +1 -1 2"], GitWorkTreeTests.Lines(changed));
    }

    [Fact]
    public async Task AProgramOfTheRepositoryIsNotTakenForGit()
    {
        using var scene = new GitScene();
        scene.Write("a", "1\n").Write("git", "#!/bin/sh\ntouch taken\n").Commit();
        scene.Run("chmod", "+x", scene.File("git"));
        scene.Environment["PATH"] = ".:" + scene.Environment["PATH"];
        Assert.Empty((await scene.ChangesAsync(static () => { })).Changes);
        Assert.False(File.Exists(scene.File("taken")));
    }

    [Fact]
    public async Task ADamagedRepositoryIsComparedFileByFile()
    {
        using var scene = new GitScene();
        scene.Write("a", "1\n").Commit();
        await File.WriteAllTextAsync(scene.File(".git/index"), "no index", TestContext.Current.CancellationToken);
        var changed = await scene.ChangesAsync(() => scene.Write("a", "2\n"));
        Assert.Equal("manifest", changed.Method);
        Assert.Equal(["a modified +1 -1 2"], GitWorkTreeTests.Lines(changed));
    }

    [Fact]
    public async Task APipeIsNotWaitedFor()
    {
        using var scene = new GitScene(git: false);
        scene.Run("mkfifo", scene.File("pipe"));
        Assert.Empty((await scene.ChangesAsync(static () => { })).Changes);
    }
}
