using Signalbox.Runner.WorkTree;
using Xunit;

namespace Signalbox.Runner.Tests.WorkTree;

/// <summary>What in git's own folder could hide a change, or make git run something.</summary>
public sealed class GitOwnFilesTests : IDisposable
{
    private readonly GitScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Theory]
    [InlineData("2")]
    [InlineData("4")]
    public async Task MarksThatWereThereBeforeHideNoChangeEither(string version)
    {
        _scene.Write("a", "1\n").Write("b", "1\n").Write("dir/c", "1\n").Write("dir/d", "1\n").Write("dirt", "1\n").Commit();
        _scene.Git("update-index", "--index-version", version);
        _scene.Git("update-index", "--assume-unchanged", "a");
        _scene.Git("update-index", "--skip-worktree", "b", "dir/c", "dir/d", "dirt");
        Directory.Delete(_scene.File("dir"), recursive: true);
        _scene.Write("b", "0\n");
        Assert.Empty((await _scene.ChangesAsync(static () => { })).Changes);

        var changed = await _scene.ChangesAsync(() => _scene.Write("a", "2\n").Write("b", "2\n").Write("dir/d", "2\n").Write("dirt", "2\n"));

        Assert.Equal(["a modified +1 -1 2", "b modified +1 -1 2", "dir/d added +1 -0 2", "dirt modified +1 -1 2"], GitWorkTreeTests.Lines(changed));
    }

    [Fact]
    public async Task ChangesOfWhatGitRunsAndHidesAreChanges()
    {
        _scene.Write("a", "1\n").Commit();
        Directory.CreateDirectory(_scene.File(".git/hooks"));
        _scene.Write(".git/hooks/pre-push", "#!/bin/sh\n");
        var changed = await _scene.ChangesAsync(() =>
        {
            _scene.Write(".git/hooks/pre-commit", "#!/bin/sh\nevil\n").Write(".git/hooks/other.sample", "x").Write(".git/info/exclude", "hidden\n").Write("hidden", "x");
            File.Delete(_scene.File(".git/hooks/pre-push"));
            _scene.Git("config", "core.hooksPath", "/tmp/token-ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8");
        });

        Assert.Equal([".git/config", ".git/hooks/pre-commit", ".git/hooks/pre-push", ".git/info/exclude"], changed.Changes.Select(static change => change.Path));
        Assert.Equal((null, "deleted"), (changed.Changes[0].Diff, changed.Changes[2].Kind));
        Assert.Contains("+evil", changed.Changes[1].Diff!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatGitNotesOfBranchesIsNoChange()
    {
        using var origin = new GitScene();
        origin.Write("a", "1\n").Commit();
        _scene.Git("remote", "add", "origin", origin.Root);
        _scene.Write("a", "1\n").Commit();
        var changed = await _scene.ChangesAsync(() =>
        {
            _scene.Git("checkout", "-q", "-b", "feature/x");
            _scene.Git("push", "-q", "-u", "origin", "feature/x");
        });

        Assert.Empty(changed.Changes);
    }

    [Theory]
    [InlineData("[branch \"x\"]\n\tremote = origin\n\tmerge = refs/heads/x\n[user]\n", "[user]")]
    [InlineData("[branch \"x\"][core] fsmonitor = evil\n", "[branch \"x\"][core] fsmonitor = evil")]
    [InlineData("[branch \"x\"]\n[core]\n\tfsmonitor = evil\n", "[core]\n\tfsmonitor = evil")]
    [InlineData("[branch \"x\"]\n\tmerge = a\\\n\tremote = b\n", "\tmerge = a\\\n\tremote = b")]
    [InlineData("[branch \"]\n[branch \"\"]\n", "[branch \"]")]
    [InlineData("", "")]
    public void AConfigurationMeansAllButWhatGitNotesOfBranches(string text, string meaning) =>
        Assert.Equal(meaning, System.Text.Encoding.UTF8.GetString(GitOwnFiles.Meaning(System.Text.Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void WhatIsNoIndexHasNoMarks()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var index = new byte[random.Next(200)];
            random.NextBytes(index);
            "DIRC\0\0\0"u8.CopyTo(index.Length < 12 ? new byte[12] : index);
            if (index.Length >= 12)
            {
                index[7] = (byte)random.Next(2, 5);
                index[8] = index[9] = index[10] = 0;
            }

            Assert.True(GitIndexMarks.Read(index).Count <= 2);
        }
    }
}
