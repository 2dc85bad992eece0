using Signalbox.Runner.Facts;
using Signalbox.Runner.Platforms;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Platforms;

public sealed class CiDetectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Environments => [.. PlatformEnvironments.All.Keys];

    [Theory]
    [MemberData(nameof(Environments))]
    public void ReadsWhatThePlatformSays(string name)
    {
        var (environment, expected) = PlatformEnvironments.All[name];

        Assert.Equal(expected.Actor is null ? expected with { Actor = new CiActor("runner") } : expected, CiDetection.Detect(environment, _folder.Path));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void KeepsNoSecretOfAnAddress(string name) =>
        Assert.DoesNotContain("s3cr3t", CiDetection.Detect(PlatformEnvironments.All[name].Environment, _folder.Path).ToString(), StringComparison.Ordinal);

    [Fact]
    public void ReadsThePullRequestsOwnCommitFromGitHubsEvent()
    {
        var file = _folder.Write("event.json", """{"number": 8, "pull_request": {"number": 8, "head": {"sha": "9fceb02d0ae598e95dc970b74767f19372d61af8", "ref": "feature/cart"}, "base": {"ref": "main"}}}""");
        var context = CiDetection.Detect(GitHub(("GITHUB_EVENT_NAME", "pull_request"), ("GITHUB_EVENT_PATH", file), ("GITHUB_REF", "refs/pull/8/merge"), ("GITHUB_HEAD_REF", "feature/cart"), ("GITHUB_BASE_REF", "main")), _folder.Path);

        Assert.Equal((PlatformEnvironments.Commit, "8", "feature/cart", "main", null), (context.Commit, context.PullRequest, context.Branch, context.BaseBranch, context.Tag));
    }

    [Fact]
    public void TakesACommentOnAPullRequestForOneOfIt()
    {
        var file = _folder.Write("event.json", """{"action": "created", "issue": {"number": 8, "pull_request": {"url": "https://api.github.com/repos/acme/shop/pulls/8"}}, "comment": {"id": 1}}""");

        Assert.Equal("8", CiDetection.Detect(GitHub(("GITHUB_EVENT_NAME", "issue_comment"), ("GITHUB_EVENT_PATH", file), ("GITHUB_REF", "refs/heads/main")), _folder.Path).PullRequest);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"pull_request\": []}")]
    [InlineData("{\"pull_request\": {\"number\": {}, \"head\": 3, \"base\": null}}")]
    [InlineData("\0\0")]
    public void GoesByTheVariablesWhenGitHubsEventIsBroken(string text)
    {
        var file = _folder.Write("event.json", text);
        var context = CiDetection.Detect(GitHub(("GITHUB_EVENT_NAME", "pull_request"), ("GITHUB_EVENT_PATH", file), ("GITHUB_REF", "refs/pull/8/merge"), ("GITHUB_SHA", PlatformEnvironments.Commit)), _folder.Path);

        Assert.Equal((PlatformEnvironments.Commit, "8"), (context.Commit, context.PullRequest));
    }

    [Fact]
    public void ReadsTeamCitysFilesButNotTheCredentialsInThem()
    {
        var configuration = _folder.Write("config.properties", """
            teamcity.build.branch=refs/heads/feature/cart
            teamcity.build.triggeredBy.username=alice
            teamcity.build.triggeredBy=Alice Doe
            vcsroot.url=https\://bot\:s3cr3t@git.example.com/acme/shop.git
            teamcity.pullRequest.number=8
            teamcity.pullRequest.target.branch=main
            """);
        var build = _folder.Write("build.properties", $"#Comment\nteamcity.build.id=4711\nteamcity.buildType.id=Shop_Test\nteamcity.auth.password=s3cr3t\nagent.name=agent\\u002d1\nteamcity.configuration.properties.file={configuration.Replace("\\", "\\\\", StringComparison.Ordinal)}\n");
        var context = CiDetection.Detect(PlatformEnvironments.Of($"TEAMCITY_VERSION=2024.12\nBUILD_NUMBER=77\nTEAMCITY_BUILD_PROPERTIES_FILE={build}"), _folder.Path);

        Assert.Equal(
            new CiContext
            {
                Platform = "teamcity",
                RunId = "4711",
                Number = "77",
                Pipeline = "Shop_Test",
                Project = "Shop_Test",
                WorkerName = "agent-1",
                Actor = new CiActor("alice", "Alice Doe"),
                Repository = "acme/shop",
                RepositoryUrl = "https://git.example.com/acme/shop",
                Branch = "feature/cart",
                PullRequest = "8",
                BaseBranch = "main",
                Event = "pull_request",
            },
            context);
    }

    [Fact]
    public void FillsFromGitWhatThePlatformLeavesOut()
    {
        _folder.Write(".git/HEAD", "ref: refs/heads/feature/cart\n");
        _folder.Write(".git/refs/heads/feature/cart", PlatformEnvironments.Commit + "\n");
        _folder.Write(".git/config", "[core]\n\tbare = false\n[remote \"upstream\"]\n\turl = https://example.com/x/y\n[remote \"origin\"]\n\turl = https://alice:s3cr3t@git.example.com/acme/shop.git\n");
        Directory.CreateDirectory(_folder.File("src", "deep"));

        Assert.Equal(
            new CiContext
            {
                Platform = "shell",
                Actor = new CiActor("carol"),
                Repository = "acme/shop",
                RepositoryUrl = "https://git.example.com/acme/shop",
                Branch = "feature/cart",
                Commit = PlatformEnvironments.Commit,
            },
            CiDetection.Detect(PlatformEnvironments.Of("USER=carol"), _folder.File("src", "deep")));
    }

    [Fact]
    public void TakesNothingFromSwitchesThatAreOff() =>
        Assert.Equal("shell", CiDetection.Detect(PlatformEnvironments.Of("GITHUB_ACTIONS=false\nDRONE=0\nTRAVIS=\nBUILDKITE=  "), _folder.Path).Platform);

    [Fact]
    public void SurvivesAnyValueOfAnyVariable()
    {
        var random = new Random(20260124);
        string[] pieces = ["\0", "\u001b[31m", "\r\n", "\u202e", "\ud800", "://", "@", "refs/heads/", "refs/tags/", "/", "{", "}", "%", "https://u:p@h/", "..", "\\", "x", "true", "ü", new string('a', 5000)];
        foreach (var (environment, _) in PlatformEnvironments.All.Values)
        {
            for (var round = 0; round < 60; round++)
            {
                var hostile = environment.ToDictionary(
                    static pair => pair.Key,
                    pair => random.Next(3) == 0 ? pair.Value : string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => pieces[random.Next(pieces.Length)])),
                    StringComparer.Ordinal);
                var context = CiDetection.Detect(hostile, _folder.Path);
                var text = context.ToString();

                Assert.DoesNotContain(text, static character => char.IsControl(character) || char.IsSurrogate(character) || character == '\u202e');
                Assert.True(text.Length < 24 * CiVariables.MaxLength * 3);
                var trace = RunTrace.Derive(context, hostile, "20260124T100000Z-1a2b3c4d");
                Assert.True(TraceParentText.TryParse(trace.TraceParent, out _), trace.TraceParent);
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private static Dictionary<string, string> GitHub(params ReadOnlySpan<(string Name, string Value)> variables)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_REPOSITORY"] = "acme/shop",
            ["GITHUB_RUN_ID"] = "1",
            ["GITHUB_SHA"] = "1111111111111111111111111111111111111111",
        };
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return environment;
    }
}
