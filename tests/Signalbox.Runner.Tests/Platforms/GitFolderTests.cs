using Signalbox.Runner.Platforms;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Platforms;

public sealed class GitFolderTests : IDisposable
{
    private const string Commit = "9fceb02d0ae598e95dc970b74767f19372d61af8";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void FindsACommitAmongThePackedRefs()
    {
        _folder.Write(".git/HEAD", "ref: refs/heads/main\n");
        _folder.Write(".git/packed-refs", $"# pack-refs with: peeled fully-peeled sorted\n1111111111111111111111111111111111111111 refs/heads/main2\n{Commit} refs/heads/main\n^2222222222222222222222222222222222222222\n");

        Assert.Equal(new GitFolder("main", Commit, null), GitFolder.Read(_folder.Path));
    }

    [Fact]
    public void TellsNoBranchOfADetachedHead()
    {
        _folder.Write(".git/HEAD", Commit + "\n");

        Assert.Equal(new GitFolder(null, Commit, null), GitFolder.Read(_folder.Path));
    }

    [Fact]
    public void FollowsAWorkTreeToItsRepository()
    {
        _folder.Write("main/.git/config", "[remote \"origin\"]\nurl = git@example.com:acme/shop.git\n");
        _folder.Write("main/.git/refs/heads/side", Commit);
        _folder.Write("main/.git/worktrees/side/HEAD", "ref: refs/heads/side\n");
        _folder.Write("main/.git/worktrees/side/commondir", "../..\n");
        _folder.Write("side/.git", "gitdir: ../main/.git/worktrees/side\n");

        Assert.Equal(new GitFolder("side", Commit, "git@example.com:acme/shop.git"), GitFolder.Read(_folder.File("side")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ref: refs/heads/.invalid")]
    [InlineData("ref: refs/heads/../../../../secret")]
    [InlineData("ref:")]
    [InlineData("not a commit at all")]
    [InlineData("ref: \0")]
    public void TellsNoCommitOfABrokenHead(string head)
    {
        _folder.Write(".git/HEAD", head);

        Assert.Null(GitFolder.Read(_folder.Path)!.Commit);
    }

    [Fact]
    public void IsNothingWithoutARepository() => Assert.Null(GitFolder.Read(_folder.Path));

    [Fact]
    public void SurvivesAnyBytes()
    {
        var random = new Random(20260124);
        for (var round = 0; round < 300; round++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            var text = System.Text.Encoding.Latin1.GetString(bytes);
            _folder.Write(".git/HEAD", (random.Next(2) == 0 ? "ref: " : string.Empty) + text);
            _folder.Write(".git/config", "[remote \"origin\"]\n" + text + "\nurl = " + text);

            var git = GitFolder.Read(_folder.Path);
            Assert.True(git is null || git.Commit is null || git.Commit.Length is 40 or 64);
        }
    }

    public void Dispose() => _folder.Dispose();
}
