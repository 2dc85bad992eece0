using Signalbox.Runner.Facts;
using Signalbox.Runner.Policies;
using Signalbox.Settings;
using Xunit;

namespace Signalbox.Runner.Tests.Policies;

public sealed class PolicyRulesTests
{
    private static readonly PolicyPath Paths = new("/repo", static path => path == "/repo/link" ? "ci" : null);

    [Fact]
    public void HasNoAnswerWithoutARuleThatFits() => Assert.Null(Decide("[{id: ci, effect: deny, paths: [ci/**]}]", Questions.Edit("src/a.cs")));

    [Theory]
    [InlineData("ci/a")]
    [InlineData("./x/../ci/a")]
    [InlineData("link/a")]
    [InlineData("/repo/ci/a")]
    public void DeniesWhateverWayThePathIsWritten(string path) =>
        Assert.Equal((false, "ci"), Answer("[{id: ci, effect: deny, paths: [ci/**]}]", Questions.Edit(path)));

    [Theory]
    [InlineData("docs/a.md", true)]
    [InlineData("docs/../docs/a.md", true)]
    [InlineData("docs/../src/a.cs", null)]
    [InlineData("/etc/docs/a.md", null)]
    [InlineData(@"docs\a.md", null)]
    public void AllowsOnlyWhereAllReadingsOfAPathAgree(string path, bool? allow) =>
        Assert.Equal(allow, Decide("[{id: docs, effect: allow, paths: [docs/**]}]", Questions.Edit(path))?.Allow);

    [Fact]
    public void LetsARuleThatDeniesWinWhereverItStands()
    {
        Assert.Equal((false, "b"), Answer("[{id: a, effect: allow}, {id: b, effect: deny, paths: ['**/*.sql']}]", Questions.Edit("db/a.sql")));
        Assert.Equal((false, "b"), Answer("[{id: b, effect: deny, paths: ['**/*.sql']}, {id: a, effect: allow}]", Questions.Edit("db/a.sql")));
        Assert.Equal((true, "a"), Answer("[{id: b, effect: deny, paths: ['**/*.sql']}, {id: a, effect: allow}]", Questions.Edit("db/a.txt")));
    }

    [Fact]
    public void NamesEveryRuleThatDenies()
    {
        var verdict = Decide("[{id: a, effect: deny, reason: CI files belong to the platform team.}, {id: b, effect: deny, paths: [ci/**]}]", Questions.Edit("ci/a"));

        Assert.Equal(["CI files belong to the platform team. (rule a)", "Rule b denies tool_use/edit_file on ci/a."], verdict!.Reasons);
    }

    [Theory]
    [InlineData("actors: [alice]", true)]
    [InlineData("actors: [ALICE]", true)]
    [InlineData("actors: ['*-bot']", false)]
    [InlineData("actors: ['!alice']", false)]
    [InlineData("actors: ['*', '!alice']", false)]
    [InlineData("actors: ['!bob']", true)]
    [InlineData("branches: [feature/*]", true)]
    [InlineData("branches: [main]", false)]
    [InlineData("branches: ['**', '!feature/cart']", false)]
    [InlineData("actions: ['tool_use/*']", true)]
    [InlineData("actions: ['platform/*']", false)]
    [InlineData("tools: [Edit]", true)]
    [InlineData("tools: [edit]", false)]
    [InlineData("tools: ['mcp__*']", false)]
    [InlineData("paths: ['src/**', '!src/generated/**']", true)]
    [InlineData("paths: ['src/**', '!src/**/*.cs']", false)]
    [InlineData("paths: ['!docs/**']", true)]
    [InlineData("tools: [Edit], branches: [main]", false)]
    public void FitsWhenAllConditionsDo(string conditions, bool fits)
    {
        var question = Questions.Edit("src/a.cs");

        Assert.Equal(fits, Decide($"[{{id: a, effect: deny, {conditions}}}]", question) is { Allow: false });
        Assert.Equal(fits, Decide($"[{{id: a, effect: allow, {conditions}}}]", question) is { Allow: true });
    }

    [Theory]
    [InlineData("actors: [alice]")]
    [InlineData("actors: ['!alice']")]
    [InlineData("branches: [main]")]
    public void TakesWhatIsUnknownAgainstTheCall(string conditions)
    {
        var question = Questions.Edit("src/a.cs");
        question = question with { Run = question.Run with { Ci = new CiContext { Platform = "shell" } } };

        Assert.Equal(false, Decide($"[{{id: a, effect: deny, {conditions}}}]", question)?.Allow);
        Assert.Null(Decide($"[{{id: a, effect: allow, {conditions}}}]", question));
    }

    [Fact]
    public void LeavesCallsWithoutAPathToOtherConditions()
    {
        Assert.Null(Decide("[{id: ci, effect: deny, paths: ['**']}]", Questions.Bash("rm -rf ci")));
        Assert.Equal((false, "shell"), Answer("[{id: shell, effect: deny, tools: [Bash]}]", Questions.Bash("rm -rf ci")));
    }

    [Fact]
    public void DeniesAnywhereButAllowsOnlyInTheRepositoryWithTwoStars()
    {
        Assert.Equal(false, Decide("[{id: keys, effect: deny, paths: ['**/*.pem']}]", Questions.Edit("/home/alice/key.pem"))?.Allow);
        Assert.Null(Decide("[{id: all, effect: allow, paths: ['**']}]", Questions.Edit("/home/alice/key.pem")));
        Assert.Equal(true, Decide("[{id: home, effect: allow, paths: ['/home/alice/**']}]", Questions.Edit("/home/alice/key.pem"))?.Allow);
    }

    [Fact]
    public void NeedsEveryThingThatACallDoesToBeAllowed()
    {
        var question = Questions.Bash("gh pr merge 8 && git push") with
        {
            Targets = [new PolicyTarget("platform/merge_pr", "acme/shop#8", "pull_request", []), new PolicyTarget("platform/push", "acme/shop:main", "branch", [])],
        };

        Assert.Null(Decide("[{id: push, effect: allow, actions: [platform/push]}]", question));
        Assert.Equal(true, Decide("[{id: push, effect: allow, actions: [platform/push]}, {id: merge, effect: allow, actions: [platform/merge_pr]}]", question)?.Allow);
        Assert.Equal((false, "merge"), Answer("[{id: push, effect: allow}, {id: merge, effect: deny, actions: [platform/merge_pr]}]", question));
    }

    [Theory]
    [InlineData(".cicd-runner/runs/20260124T100000Z-1a2b3c4d/decisions.jsonl")]
    [InlineData("/repo/x/../.cicd-runner/runs/latest")]
    public void KeepsTheAgentFromWhatTheRunnerWrites(string path) => Assert.Equal((false, PolicyRules.OwnFilesId), Answer("[{id: all, effect: allow}]", Questions.Edit(path)));

    [Fact]
    public void DeniesAPathThatDoesNotTellWhichFileIsMeant() => Assert.Equal((false, PolicyRules.UnreadablePathId), Answer("[{id: all, effect: allow}]", Questions.Edit("bad\0path")));

    [Fact]
    public void KeepsItsPolicyThroughTheRunsSettings()
    {
        var options = Read("[{id: ci, effect: deny, paths: [ci/**], actors: [alice], reason: No.}]");
        var start = Questions.Start with { Settings = new Dictionary<string, string> { [PolicyOptions.SettingsName] = options.ToJson() } };

        Assert.Equivalent(options, PolicyOptions.Of(start), strict: true);
    }

    private static RuleVerdict? Decide(string rules, PolicyQuestion question) => new PolicyRules(Read(rules)).Decide(question, Paths);

    private static (bool Allow, string PolicyId)? Answer(string rules, PolicyQuestion question) => Decide(rules, question) is { } verdict ? (verdict.Allow, verdict.PolicyId) : null;

    private static PolicyOptions Read(string rules)
    {
        var nothing = new Dictionary<string, string>();
        var settings = new SettingsReader(new SettingsSources(nothing, nothing, SettingsFile.Parse($"policy:\n  rules: {rules}", "test.yaml")));
        var options = PolicyOptions.Read(settings, ".cicd-runner/runs");
        settings.Finish();
        return options;
    }
}
