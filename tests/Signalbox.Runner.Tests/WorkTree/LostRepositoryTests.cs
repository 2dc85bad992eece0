using Xunit;

namespace Signalbox.Runner.Tests.WorkTree;

public sealed class LostRepositoryTests
{
    [Theory]
    [InlineData("rm -rf .git")]
    [InlineData("mv .git ../elsewhere")]
    [InlineData("rm -rf .git && git init -q")]
    [InlineData("rm -rf .git/objects .git/HEAD")]
    [InlineData("rm .git/HEAD && echo x > .git/config")]
    public async Task WhoRemovesTheRepositoryHidesNothing(string command)
    {
        using var scene = new GitScene();
        scene.Write("a", "1\n").Write("b", "1\n").Write("gone", "1\n").Write("same", "1\n").Write("mode", "1\n").Write("untracked", "1\n").Git("add", "a", "b", "gone", "same", "mode");
        scene.Git("commit", "-q", "-m", "x");
        scene.Write("b", "2\n");
        var changed = await scene.ChangesAsync(() =>
        {
            scene.Write("a", "22\n").Write("new", "1\n").Write("same", "1\n").Run("chmod", "+x", "mode");
            File.SetLastWriteTimeUtc(scene.File("same"), DateTime.UnixEpoch);
            scene.Run("sh", "-c", command);
            File.Delete(scene.File("gone"));
        });

        Assert.Equal(["a modified", "gone deleted", "mode modified", "new added"], changed.Changes.Where(static change => !change.Path.StartsWith(".git/", StringComparison.Ordinal)).Select(static change => $"{change.Path} {change.Kind}"));
        Assert.Equal(!command.Contains("init", StringComparison.Ordinal) && !command.Contains("objects", StringComparison.Ordinal), changed.Changes.Any(static change => change.Path == ".git/config"));
    }
}
