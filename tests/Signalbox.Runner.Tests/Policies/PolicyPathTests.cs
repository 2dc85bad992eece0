using FsCheck;
using FsCheck.Fluent;
using Signalbox.Runner.Policies;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Policies;

public sealed class PolicyPathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("ci/a")]
    [InlineData("./ci/a")]
    [InlineData("x/../ci/a")]
    [InlineData("./x/y/../../ci//a")]
    [InlineData("/repo/ci/a")]
    [InlineData("/repo//x/../ci/./a")]
    [InlineData("/other/../repo/ci/a")]
    [InlineData(@"ci\a")]
    [InlineData(@"x\..\ci\a")]
    [InlineData("link/a")]
    [InlineData("link/../ci/a")]
    [InlineData("deep/link/a")]
    [InlineData("absolute/a")]
    [InlineData("chain/a")]
    [InlineData("outside/ci/a")]
    [InlineData(" ci/a\t")]
    [InlineData("~/ci/a")]
    [InlineData(" ~/x/../ci/a")]
    [InlineData(@"~\ci\a")]
    public void FindsThePlaceHoweverItIsWritten(string path) =>
        Assert.Contains(Paths().Locations(path, "/repo")!, static place => place.Relative is ["ci", "a"]);

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../etc/passwd")]
    [InlineData("x/../../etc/passwd")]
    [InlineData("etc-link/passwd")]
    public void SeesWhatLiesOutside(string path) =>
        Assert.Contains(Paths().Locations(path, "/repo")!, static place => place is { Absolute: "/etc/passwd", Relative: null });

    [Fact]
    public void TakesAPathAsItStandsToo()
    {
        Assert.Contains(Paths().Locations(" ci/a", "/repo")!, static place => place.Relative is [" ci", "a"]);
        Assert.Contains(Paths().Locations("~/a", "/repo/x")!, static place => place.Relative is ["x", "~", "a"]);
        Assert.DoesNotContain(Paths().Locations("~user/a", "/repo")!, static place => place.Relative is ["user", "a"]);
    }

    [Fact]
    public void FollowsALinkBeforeItGoesUpAsTheSystemDoes()
    {
        var places = Paths().Locations("etc-link/../repo/ci/a", "/repo")!;

        Assert.Contains(places, static place => place.Absolute == "/repo/ci/a");
        Assert.Contains(places, static place => place.Relative is ["repo", "ci", "a"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("loop/a")]
    public void IsNoPathWhenItCannotBeFollowed(string path) => Assert.Null(Paths().Locations(path, "/repo"));

    [Fact]
    public void FollowsLinksOnDisk()
    {
        Directory.CreateDirectory(_folder.File("repository", "ci"));
        File.CreateSymbolicLink(_folder.File("repository", "tools"), "ci");
        File.CreateSymbolicLink(_folder.File("entrance"), _folder.File("repository"));

        Assert.Contains(PolicyPath.OnDisk(_folder.File("repository")).Locations("tools/new/file", _folder.File("repository"))!, static place => place.Relative is ["ci", "new", "file"]);
        Assert.Contains(PolicyPath.OnDisk(_folder.File("entrance")).Locations(_folder.File("repository", "ci", "a"), _folder.Path)!, static place => place.Relative is ["ci", "a"]);
    }

    [Fact]
    public void NeverLeavesAWayAroundWhateverIsPutBeforeThePath() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyArray<byte>>(),
        static noise =>
        {
            // Detours that lead nowhere: names entered and left again, dots, doubled slashes.
            var detour = string.Concat(noise.Get.Select(static value => (value % 4) switch { 0 => "./", 1 => "/", 2 => "x/../", _ => "x/y/../../" })).TrimStart('/');
            return new PolicyPath("/repo", static _ => null).Locations(detour + "ci/a", "/repo")!.Any(static place => place.Relative is ["ci", "a"]);
        }).QuickCheckThrowOnFailure();

    public void Dispose() => _folder.Dispose();

    private static PolicyPath Paths()
    {
        var links = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["/repo/link"] = "ci",
            ["/repo/deep/link"] = "../ci",
            ["/repo/absolute"] = "/repo/ci",
            ["/repo/chain"] = "link",
            ["/repo/outside"] = "/elsewhere",
            ["/elsewhere"] = "/repo",
            ["/repo/etc-link"] = "/etc",
            ["/repo/loop"] = "loop",
        };
        return new PolicyPath("/repo", links.GetValueOrDefault, "/repo");
    }
}
