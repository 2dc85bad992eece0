using Signalbox.Runner.Facts;
using Signalbox.Runner.WorkTree;
using Xunit;

namespace Signalbox.Runner.Tests.WorkTree;

public sealed class GitWorkTreeTests : IDisposable
{
    private readonly GitScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task ACleanTreeThatStaysCleanHasNoChanges()
    {
        _scene.Write("a", "1\n").Commit();
        var changed = await _scene.ChangesAsync(static () => { });
        Assert.Empty(changed.Changes);
        Assert.Equal(("git", 0L), (changed.Method, changed.Omitted));
        Assert.Equal(changed.HeadBefore, changed.HeadAfter);
        Assert.Equal(40, changed.HeadBefore!.Length);
    }

    [Fact]
    public async Task TellsOfWhatWasAddedModifiedAndDeleted()
    {
        _scene.Write("a", "1\n2\n3\n").Write("gone", "x\ny\n").Write("same", "s").Commit();
        var changed = await _scene.ChangesAsync(() =>
        {
            _scene.Write("a", "1\n2b\n3\n4\n").Write("new/file.txt", "n\n").Write("same", "s");
            File.Delete(_scene.File("gone"));
        });
        Assert.Equal(["a modified +2 -1 9", "gone deleted +0 -2 0", "new/file.txt added +1 -0 2"], Lines(changed));
        Assert.Equal("--- a/a\n+++ b/a\n@@ -1,3 +1,4 @@\n 1\n-2\n+2b\n 3\n+4\n", changed.Changes[0].Diff);
        Assert.Equal("--- a/gone\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-x\n-y\n", changed.Changes[1].Diff);
        Assert.Equal("--- /dev/null\n+++ b/new/file.txt\n@@ -0,0 +1 @@\n+n\n", changed.Changes[2].Diff);
    }

    [Fact]
    public async Task WhatWasDirtyBeforeCountsOnlyWithWhatTheRunChanged()
    {
        _scene.Write("dirty", "1\n").Write("staged", "1\n").Write("removed", "r\n").Commit();
        _scene.Write("dirty", "1\n2\n").Write("staged", "1\ns\n").Write("untracked", "u\n").Write("touched", "t\n");
        _scene.Git("add", "staged");
        File.Delete(_scene.File("removed"));
        Assert.Empty((await _scene.ChangesAsync(static () => { })).Changes);

        var changed = await _scene.ChangesAsync(() => _scene.Write("dirty", "1\n2\n3\n").Write("touched", "T\n").Write("removed", "back\n"));
        Assert.Equal(["dirty modified +1 -0 6", "removed added +1 -0 5", "touched modified +1 -1 2"], Lines(changed));
        Assert.Equal("--- a/dirty\n+++ b/dirty\n@@ -1,2 +1,3 @@\n 1\n 2\n+3\n", changed.Changes[0].Diff);
    }

    [Fact]
    public async Task AFileThatTheRunRevertsToTheIndexChanged()
    {
        _scene.Write("a", "1\n").Commit();
        _scene.Write("a", "1\n2\n");
        Assert.Equal(["a modified +0 -1 2"], Lines(await _scene.ChangesAsync(() => _scene.Git("checkout", "-q", "a"))));
    }

    [Fact]
    public async Task CommitsOfTheRunHideNothing()
    {
        _scene.Write("a", "1\n").Write("b", "b\n").Commit();
        var changed = await _scene.ChangesAsync(() =>
        {
            _scene.Write("a", "2\n").Commit();
            _scene.Git("mv", "b", "c");
            _scene.Commit();
        });
        Assert.Equal(["a modified +1 -1 2", "b deleted +0 -1 0", "c added +1 -0 2"], Lines(changed));
        Assert.NotEqual(changed.HeadBefore, changed.HeadAfter);
    }

    [Fact]
    public async Task NeitherMarksInTheIndexNorItsConfigurationHideAChange()
    {
        _scene.Write("a", "1\n").Write("b", "1\n").Write("c", "1\n").Commit();
        var changed = await _scene.ChangesAsync(() =>
        {
            _scene.Git("update-index", "--assume-unchanged", "a");
            _scene.Git("update-index", "--skip-worktree", "b");
            _scene.Git("config", "core.ignoreStat", "true");
            _scene.Git("config", "core.worktree", "/tmp");
            _scene.Git("config", "diff.external", "/bin/false");
            _scene.Git("config", "core.fsmonitor", "/bin/false");
            var time = File.GetLastWriteTimeUtc(_scene.File("c"));
            _scene.Write("a", "2\n").Write("b", "2\n").Write("c", "2\n");
            File.SetLastWriteTimeUtc(_scene.File("c"), time);
        });
        Assert.Equal([".git/config", "a modified +1 -1 2", "b modified +1 -1 2", "c modified +1 -1 2"], Lines(changed).Select(static line => line.StartsWith(".git/config ", StringComparison.Ordinal) ? ".git/config" : line));
    }

    [Theory]
    [InlineData("evil")]
    [InlineData("a=b.c")]
    public async Task NoFilterOfTheRepositoryRuns(string name)
    {
        _scene.Write("a", "1\n").Commit();
        var changed = await _scene.ChangesAsync(() =>
        {
            Evil(_scene, name);
            _scene.Write("a", "2\n");
        });
        Assert.Equal([".gitattributes added +1 -0 " + (name.Length + 10), "a modified +1 -1 2"], Lines(changed).Where(static line => !line.StartsWith(".git/config ", StringComparison.Ordinal)));
        Assert.False(File.Exists(_scene.File("ran")));
    }

    [Fact]
    public async Task NoFilterOfARepositoryWithinItRuns()
    {
        using var inner = new GitScene();
        inner.Write("lib", "1\n").Commit();
        _scene.Write("a", "1\n").Commit();
        _scene.Git("submodule", "--quiet", "add", inner.Root, "vendor/inner");
        _scene.Commit();
        _scene.Git("clone", "-q", inner.Root, "clone");
        using var submodule = new GitScene(git: false) { Root = _scene.File("vendor/inner") };
        using var clone = new GitScene(git: false) { Root = _scene.File("clone") };
        var changed = await _scene.ChangesAsync(() =>
        {
            foreach (var scene in (GitScene[])[submodule, clone])
            {
                Evil(scene, "evil");
                scene.Write("lib", "2\n");
            }
        });
        Assert.Equal(["clone/ modified +? -? 0", "vendor/inner modified +? -? 0"], Lines(changed));
        Assert.False(File.Exists(submodule.File("ran")) || File.Exists(clone.File("ran")) || File.Exists(_scene.File("ran")));
    }

    [Fact]
    public async Task FilesInTheFolderOfASubmoduleThatIsNotThereAreNoticed()
    {
        using var inner = new GitScene();
        inner.Write("lib", "1\n").Commit();
        _scene.Write("a", "1\n").Commit();
        _scene.Git("submodule", "--quiet", "add", inner.Root, "vendor/inner");
        _scene.Commit();
        _scene.Git("submodule", "--quiet", "deinit", "-f", "vendor/inner");
        Assert.Empty((await _scene.ChangesAsync(() => _scene.Write("a", "1\n"))).Changes);
        Assert.Equal(["vendor/inner modified +? -? 0"], Lines(await _scene.ChangesAsync(() => _scene.Write("vendor/inner/hidden", "1\n"))));
    }

    [Fact]
    public async Task AFileOfLfsThatIsWrittenAnewIsNoChange()
    {
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("content\n"u8));
        _scene.Write("big", $"version https://git-lfs.github.com/spec/v1\noid sha256:{hash}\nsize 8\n").Write("other", "1\n").Commit();
        _scene.Write("big", "content\n");
        Assert.Empty((await _scene.ChangesAsync(static () => { })).Changes);

        _scene.Git("checkout", "-q", "big");
        Assert.Empty((await _scene.ChangesAsync(() => _scene.Write("big", "content\n"))).Changes);
        _scene.Git("checkout", "-q", "big");
        Assert.Equal(["big modified +1 -3 6"], Lines(await _scene.ChangesAsync(() => _scene.Write("big", "other\n"))));
    }

    [Fact]
    public async Task VariablesOfTheEnvironmentDoNotReachGit()
    {
        _scene.Write("a", "1\n").Commit();
        foreach (var name in (string[])["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF", "GIT_CONFIG_PARAMETERS"])
        {
            _scene.Environment[name] = "/nonexistent";
        }

        Assert.Equal(["a modified +1 -1 2"], Lines(await _scene.ChangesAsync(() => _scene.Write("a", "2\n"))));
    }

    [Fact]
    public async Task TheRealIndexIsNotTouched()
    {
        _scene.Write("a", "1\n").Commit();
        var index = _scene.File(".git/index");
        var before = (File.GetLastWriteTimeUtc(index), Convert.ToHexString(File.ReadAllBytes(index)));
        await _scene.ChangesAsync(() => File.SetLastWriteTimeUtc(_scene.File("a"), DateTime.UnixEpoch));
        Assert.Equal(before, (File.GetLastWriteTimeUtc(index), Convert.ToHexString(File.ReadAllBytes(index))));
    }

    [Fact]
    public async Task WorksBeforeTheFirstCommitAndWithoutAnIndex()
    {
        var changed = await _scene.ChangesAsync(() => _scene.Write("a", "1\n"));
        Assert.Equal(["a added +1 -0 2"], Lines(changed));
        Assert.Null(changed.HeadBefore);
        _scene.Git("add", "a");
        Assert.Equal(["a deleted +0 -1 0"], Lines(await _scene.ChangesAsync(() => File.Delete(_scene.File("a")))));
    }

    [Fact]
    public async Task WorksInAWorktreeOfWhichGitIsAFile()
    {
        _scene.Write("a", "1\n").Commit();
        _scene.Git("worktree", "add", "-q", "-b", "other", "../other");
        _scene.Root = Path.GetFullPath(_scene.File("../other"));
        Assert.True(File.Exists(_scene.File(".git")));
        var changed = await _scene.ChangesAsync(() => _scene.Write("a", "2\n").Write("b", "1\n"));
        Assert.Equal(["a modified +1 -1 2", "b added +1 -0 2"], Lines(changed));
    }

    [Fact]
    public async Task NamesAreRelativeToTheFolderThatIsAskedFor()
    {
        _scene.Write("sub/a", "1\n").Write("b", "1\n").Commit();
        var top = _scene.Root;
        _scene.Root = _scene.File("sub");
        var changed = await _scene.ChangesAsync(() =>
        {
            _scene.Write("a", "2\n");
            File.WriteAllText(Path.Combine(top, "b"), "2\n");
        });
        Assert.Equal(["a modified +1 -1 2", $"{top}/b modified +1 -1 2"], Lines(changed).Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public async Task NamesMayHoldWhateverAFileSystemTakes()
    {
        string[] names = ["with space", "new\nline", "quote\"'", "日本語", "emoji😀", "tab\t", "-dash", "a\\b", "[x]*"];
        foreach (var name in names)
        {
            _scene.Write("old " + name, "1\n");
        }

        _scene.Commit();
        var changed = await _scene.ChangesAsync(() =>
        {
            foreach (var name in names)
            {
                _scene.Write("old " + name, "2\n").Write(name, "n\n");
            }
        });
        Assert.Equal(names.Select(static name => "old " + name).Concat(names).Order(StringComparer.Ordinal), changed.Changes.Select(static change => change.Path));
        Assert.All(changed.Changes, static change => Assert.Equal(1, change.LinesAdded));
    }

    [Fact]
    public async Task BinaryAndHugeFilesHaveSizesButNoLines()
    {
        _scene.Write("bin", "a\0b").Write("huge", "x").Commit();
        var changed = await _scene.ChangesAsync(() => _scene.Write("bin", "a\0c").Write("huge", new string('y', 3 << 20)));
        Assert.Equal(["bin modified +? -? 3", "huge modified +? -? 3145728"], Lines(changed));
        Assert.All(changed.Changes, static change => Assert.Null(change.Diff));
    }

    [Fact]
    public async Task ModesAndLinksAreChangesToo()
    {
        _scene.Write("tool.sh", "1\n").Write("text", "t\n").Commit();
        _scene.Write("free.sh", "u\n");
        var changed = await _scene.ChangesAsync(() =>
        {
            _scene.Run("chmod", "+x", _scene.File("tool.sh"), _scene.File("free.sh"));
            File.Delete(_scene.File("text"));
            File.CreateSymbolicLink(_scene.File("text"), "/etc/passwd");
        });
        Assert.Equal(["free.sh modified +0 -0 2", "text modified +? -? 0", "tool.sh modified +0 -0 2"], Lines(changed));
        Assert.DoesNotContain("root", changed.Changes[1].Diff ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IgnoredFilesAndTheRunsOwnAreNotCompared()
    {
        _scene.Write(".gitignore", "*.log\n").Commit();
        var changed = await _scene.ChangesAsync(() => _scene.Write("a.log", "x").Write(".cicd-runner/runs/other/x", "y"));
        Assert.Empty(changed.Changes);
    }

    [Fact]
    public async Task PatternsLeaveFilesOut()
    {
        using var scene = new GitScene { Options = new WorkTreeOptions { Ignore = ["gen/**", "*.tmp"] } };
        Assert.Equal(["kept added +1 -0 1"], Lines(await scene.ChangesAsync(() => scene.Write("gen/a/b", "1").Write("x.tmp", "1").Write("kept", "1"))));
    }

    [Fact]
    public async Task ASubmoduleIsOneThing()
    {
        using var inner = new GitScene();
        inner.Write("lib", "1\n").Commit();
        _scene.Write("a", "1\n").Commit();
        _scene.Git("submodule", "--quiet", "add", inner.Root, "vendor/inner");
        _scene.Commit();
        Assert.Empty((await _scene.ChangesAsync(static () => { })).Changes);
        Assert.Equal(["vendor/inner modified +? -? 0"], Lines(await _scene.ChangesAsync(() => _scene.Write("vendor/inner/lib", "2\n"))));
        Assert.Empty((await _scene.ChangesAsync(static () => { })).Changes);
        Assert.Equal(["vendor/inner modified +? -? 0"], Lines(await _scene.ChangesAsync(() => _scene.Write("vendor/inner/lib", "3\n\n"))));
    }

    [Fact]
    public async Task ARepositoryThatIsClonedIntoItIsOneThing()
    {
        _scene.Write("a", "1\n").Commit();
        Assert.Equal(["clone/ added +? -? 0"], Lines(await _scene.ChangesAsync(() => _scene.Git("clone", "-q", ".", "clone"))));
    }

    [Fact]
    public async Task LineEndsThatGitMakesAreNoChange()
    {
        _scene.Write("a", "1\n2\n").Commit();
        _scene.Git("config", "core.autocrlf", "true");
        File.Delete(_scene.File("a"));
        _scene.Git("checkout", "-q", "a");
        Assert.Equal("1\r\n2\r\n", await File.ReadAllTextAsync(_scene.File("a"), TestContext.Current.CancellationToken));
        Assert.Equal(["a modified +1 -1 7"], Lines(await _scene.ChangesAsync(() => _scene.Write("a", "1\r\n2b\r\n"))));
    }

    [Fact]
    public async Task NoSecretIsShownNotEvenOneOfSeveralLines()
    {
        _scene.Write("k", "x\n").Commit();
        const string Key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA0Z3VS5JJcds3xfn\nygWyF8PbnGcY5unA67hqxnfZDGMzV1q2\n-----END RSA PRIVATE KEY-----\n";
        var changed = await _scene.ChangesAsync(() => _scene.Write("k", "x\n" + Key));
        Assert.Equal(4, changed.Changes[0].LinesAdded);
        Assert.Contains("[redacted:", changed.Changes[0].Diff, StringComparison.Ordinal);
        Assert.DoesNotContain("ygWyF8PbnGcY5unA67", changed.Changes[0].Diff, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BoundsAreCounted()
    {
        using var scene = new GitScene { Options = new WorkTreeOptions { MaxChanges = 2, MaxDiffLength = 20 } };
        var changed = await scene.ChangesAsync(() => scene.Write("a", "11111\n22222\n").Write("b", "1").Write("c", "1"));
        Assert.Equal(["a", "b"], changed.Changes.Select(static change => change.Path));
        Assert.Equal(1, changed.Omitted);
        Assert.StartsWith("--- /dev/null\n… (", changed.Changes[0].Diff, StringComparison.Ordinal);
        Assert.Equal(2, changed.Changes[0].LinesAdded);
    }

    [Fact]
    public async Task FilesBeyondTheMostAreNotTakenForNew()
    {
        using var scene = new GitScene { Options = new WorkTreeOptions { MaxFiles = 2 } };
        scene.Write("a", "1").Write("b", "1").Write("c", "1").Write("d", "1");
        var changed = await scene.ChangesAsync(() => scene.Write("a", "2").Write("d", "2").Write("e", "1"));
        Assert.Equal(["a"], changed.Changes.Select(static change => change.Path));
        Assert.Equal(2, changed.Omitted);
    }

    [Fact]
    public async Task LeavesNothingBehindOnceDiscarded()
    {
        _scene.Write("secret", "s\n");
        var snapshot = await _scene.TakeAsync();
        var folder = Directory.GetDirectories(_scene.File(".cicd-runner/runs"))[0];
        Assert.True(File.Exists(Path.Combine(folder, "before.content")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "before.content")));
        }

        snapshot.Discard();
        Assert.Empty(Directory.GetFiles(folder));
    }

    internal static IEnumerable<string> Lines(WorkTreeChanged changed) => changed.Changes.Select(static change =>
        $"{change.Path} {change.Kind} +{Shown(change.LinesAdded)} -{Shown(change.LinesRemoved)} {change.Bytes}");

    private static void Evil(GitScene scene, string name)
    {
        foreach (var key in (string[])["clean", "smudge"])
        {
            scene.Git("config", $"filter.{name}.{key}", "touch ran; cat");
        }

        scene.Git("config", $"filter.{name}.required", "true");
        scene.Write(".gitattributes", $"* filter={name}\n");
    }

    private static string Shown(long? lines) => lines is { } count ? FormattableString.Invariant($"{count}") : "?";
}
