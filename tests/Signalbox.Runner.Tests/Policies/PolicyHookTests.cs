using System.Text;
using System.Text.Json;
using Signalbox.Runner.App.Running;
using Signalbox.Runner.Configuration;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Platforms;
using Signalbox.Runner.Policies;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Policies;

public sealed class PolicyHookTests : IDisposable
{
    private static readonly PolicyOptions CiIsDenied = new() { Rules = [new PolicyRule { Id = "ci", Allow = false, Paths = ["ci/**"], Reason = "CI files belong to the platform team." }, new PolicyRule { Id = "docs", Allow = true, Paths = ["docs/**"] }] };
    private readonly TemporaryFolder _folder = new();

    private string Repository => _folder.File("repository");

    [Fact]
    public async Task DeniesInTheAgentsFormAndWritesItDown()
    {
        var run = Begin(CiIsDenied);

        Assert.Equal(
            """{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":"CI files belong to the platform team. (rule ci)"}}""" + "\n",
            await AnswerAsync(run, Edit("./x/../ci/build.yml")));
        Assert.Equal((false, "ci", "toolu_1", true, "rules"), Assert.Single(Decisions(run)) is var decided ? (decided.Allow, decided.PolicyId, decided.ToolUseId, decided.Enforced, decided.Source) : default);
    }

    [Fact]
    public async Task AllowsWhatARuleAllows()
    {
        var run = Begin(CiIsDenied);

        Assert.Equal("allow", Decision(await AnswerAsync(run, Edit("docs/a.md"))));
        Assert.Equal((true, "docs"), Assert.Single(Decisions(run)) is var decided ? (decided.Allow, decided.PolicyId) : default);
    }

    [Fact]
    public async Task SaysNothingWhenNoRuleFitsSoThatTheAgentsOwnPermissionsCount()
    {
        var run = Begin(CiIsDenied);

        Assert.Empty(await AnswerAsync(run, Edit("src/a.cs")));
        Assert.Empty(await AnswerAsync(run, Told("Read", """{"file_path": "src/a.cs"}""")));
        Assert.Equal((true, "default", "toolu_1"), Assert.Single(Decisions(run)) is var decided ? (decided.Allow, decided.PolicyId, decided.ToolUseId) : default);
    }

    [Fact]
    public async Task DecidesOnReadingToolsWhenARuleNamesThem()
    {
        var run = Begin(new PolicyOptions { Rules = [new PolicyRule { Id = "keys", Allow = false, Paths = ["**/*.pem"] }] });

        Assert.Equal("deny", Decision(await AnswerAsync(run, Told("Read", """{"file_path": "/etc/ssl/key.pem"}"""))));
    }

    [Theory]
    [InlineData("""{"state":"refusing","reason":"memory","memoryPercent":96}""", "resources", "Memory is short (96 % of the run's limit): nothing new is begun until some is free.")]
    [InlineData("""{"state":"stopping","reason":"budget_usd","memoryPercent":3}""", "budget", "The run is being ended (budget_usd) and begins nothing new.")]
    [InlineData("""{"state":"stopping","reason":"memory_limit"}""", "resources", "The run is being ended (memory_limit) and begins nothing new.")]
    public async Task DeniesAllWhileTheRunTakesNoNewWork(string state, string source, string reason)
    {
        var run = Begin(new PolicyOptions());
        File.WriteAllText(run.File(RunFiles.State), state);

        Assert.Contains(reason, await AnswerAsync(run, Told("Read", """{"file_path": "src/a.cs"}""")), StringComparison.Ordinal);
        Assert.Equal(source, Assert.Single(Decisions(run)).Source);
    }

    [Fact]
    public async Task GoesOnWhileTheRunDoes()
    {
        var run = Begin(new PolicyOptions());
        File.WriteAllText(run.File(RunFiles.State), """{"state":"running","memoryPercent":12}""");

        Assert.Empty(await AnswerAsync(run, Edit("src/a.cs")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"tool_name\": \"Edit\"}")]
    [InlineData("{\"hook_event_name\": \"PreToolUse\"}")]
    [InlineData("{\"hook_event_name\": \"PreToolUse\", \"tool_name\": 3}")]
    [InlineData("{\"hook_event_name\": \"PreToolUse\", \"tool_name\": \"\\ud800\"}")]
    public async Task DeniesWhatItCannotReadUnlessErrorsLetCallsPass(string input)
    {
        Assert.Equal("deny", Decision(await AnswerAsync(Begin(new PolicyOptions()), input)));
        Assert.Empty(await AnswerAsync(Begin(new PolicyOptions { AllowsOnError = true }), input));
    }

    [Fact]
    public async Task SaysNothingOfOtherEvents() => Assert.Empty(await AnswerAsync(Begin(CiIsDenied), """{"hook_event_name": "PostToolUse", "tool_name": "Edit", "tool_input": {"file_path": "ci/a"}}"""));

    [Fact]
    public async Task DeniesWhenItsRunCannotBeRead()
    {
        var environment = new Dictionary<string, string> { [RunnerSettings.FolderVariable] = _folder.File("missing") };

        Assert.Equal("deny", Decision(await AnswerAsync(environment, Edit("src/a.cs"))));
    }

    [Fact]
    public async Task DeniesWhenItsStateOrItsRecordIsBroken()
    {
        var run = Begin(new PolicyOptions());
        File.WriteAllText(run.File(RunFiles.State), "{");
        Assert.Equal("deny", Decision(await AnswerAsync(run, Edit("src/a.cs"))));

        run = Begin(new PolicyOptions());
        Directory.CreateDirectory(run.File(RunFiles.Decisions));
        Assert.Contains("cannot be written down", await AnswerAsync(run, Edit("src/a.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GoesByTheFilesPolicyWithoutARun()
    {
        _folder.Write("repository/.cicd-ai-toolkit.yaml", "policy: {rules: [{id: ci, effect: deny, paths: [ci/**]}]}");
        Directory.CreateDirectory(_folder.File("repository", ".git"));

        Assert.Equal("deny", Decision(await AnswerAsync(new Dictionary<string, string>(), Edit("ci/a"))));
        Assert.Empty(await AnswerAsync(new Dictionary<string, string>(), Edit("src/a.cs")));
    }

    [Fact]
    public async Task DeniesWithoutARunWhenTheFileDoesNotHold()
    {
        _folder.Write("repository/.cicd-ai-toolkit.yaml", "policy: {rules: nonsense}");

        Assert.Contains("A list belongs here", await AnswerAsync(new Dictionary<string, string>(), Edit("src/a.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeniesWhenSomebodyHasTakenTheStateAway()
    {
        var run = Begin(new PolicyOptions());
        File.Delete(run.File(RunFiles.State));

        Assert.Contains("The run's state cannot be read", await AnswerAsync(run, Edit("src/a.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeniesWhenThePolicyInTheFolderIsNotTheOneThatTheRunBeganWith()
    {
        var run = Begin(CiIsDenied);
        var environment = new Dictionary<string, string>(ChildEnvironment.Of(new Dictionary<string, string>(), run, new RunTrace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", null, null, "01"), new Dictionary<string, string?>(), isAgent: true));
        Assert.Equal("deny", Decision(await AnswerAsync(environment, Edit("ci/a"))));
        Assert.Empty(await AnswerAsync(environment, Edit("src/a")));

        var start = run.File(RunFiles.Start);
        File.WriteAllText(start, File.ReadAllText(start).Replace("ci/**", "no/**", StringComparison.Ordinal));
        Assert.Contains("its policy was changed", await AnswerAsync(environment, Edit("ci/a")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mcp__filesystem__write_file", """{"path": "ci/a", "content": "x"}""", "deny")]
    [InlineData("mcp__filesystem__move_file", """{"source": "x", "destination": "./y/../ci/a"}""", "deny")]
    [InlineData("mcp__serena__replace_symbol_body", """{"relative_path": "ci/a.cs"}""", "deny")]
    [InlineData("mcp__x__write", """{"files": [{"path": "docs/a"}, {"path": "ci/a"}]}""", "deny")]
    [InlineData("mcp__x__write", """{"uri": "file:///etc/../ci%2fa"}""", null)]
    [InlineData("ApplyPatch", """{"filePath": "ci/a"}""", "deny")]
    [InlineData("mcp__filesystem__write_file", """{"path": "src/a", "content": "ci/a"}""", null)]
    [InlineData("mcp__filesystem__write_file", """{"path": "docs/a"}""", null)]
    [InlineData("mcp__filesystem__write_file", """{"path": "a\u0000b"}""", null)]
    public async Task FindsThePathsThatOtherToolsName(string tool, string input, string? decision)
    {
        var answer = await AnswerAsync(Begin(CiIsDenied), Told(tool, input));

        Assert.Equal(decision, answer.Length == 0 ? null : Decision(answer));
    }

    [Fact]
    public async Task AllowedThingsDoNotHideThoseBehindThem()
    {
        var run = Begin(new PolicyOptions { Rules = [new PolicyRule { Id = "no-merge", Allow = false, Actions = ["platform/merge_pr"] }] });
        var many = string.Concat(Enumerable.Repeat("gh issue comment 1 -b x; ", 25)) + "gh pr merge 8";

        Assert.Equal("deny", Decision(await AnswerAsync(run, Told("Bash", $$"""{"command": "{{many}}"}"""))));
    }

    [Fact]
    public async Task KeepsThePolicyThatTheRunBeganWith()
    {
        var run = Begin(CiIsDenied);
        _folder.Write("repository/.cicd-ai-toolkit.yaml", "policy: {rules: []}");

        Assert.Equal("deny", Decision(await AnswerAsync(run, Edit("ci/a"))));
    }

    [Fact]
    public async Task DecidesByEverythingThatACommandLineDoes()
    {
        var run = Begin(new PolicyOptions { Rules = [new PolicyRule { Id = "no-push", Allow = false, Actions = ["platform/push"] }] });

        Assert.Equal("deny", Decision(await AnswerAsync(run, Told("Bash", """{"command": "make test && git push origin main"}"""))));
        Assert.Empty(await AnswerAsync(run, Told("Bash", """{"command": "make test"}""")));
    }

    [Fact]
    public async Task LosesNoDecisionOfManyHooksAtOnce()
    {
        var run = Begin(CiIsDenied);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(index => Task.Run(() => AnswerAsync(run, Edit("ci/a", $"toolu_{index}")), TestContext.Current.CancellationToken)));

        Assert.Equal(40, Decisions(run).Select(static decided => decided.ToolUseId).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task GivesUpWhatNeverAnswersBeforeTheAgentDoes()
    {
        var clock = new FakeClock();
        var answer = new TaskCompletionSource<string>();
        var waiting = HookCommand.WithinPatienceAsync(() => answer.Task, clock, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(76));

        await Assert.ThrowsAsync<TimeoutException>(() => waiting);
    }

    [Fact]
    public void PrintsSettingsThatAreJson()
    {
        using var settings = JsonDocument.Parse(HookCommand.Settings);

        Assert.Equal("cicd-runner hook", settings.RootElement.GetProperty("hooks").GetProperty("PreToolUse")[0].GetProperty("hooks")[0].GetProperty("command").GetString());
    }

    public void Dispose() => _folder.Dispose();

    private static string? Decision(string answer)
    {
        using var document = JsonDocument.Parse(answer);
        return document.RootElement.GetProperty("hookSpecificOutput").GetProperty("permissionDecision").GetString();
    }

    private static IReadOnlyList<PolicyDecided> Decisions(RunFolder run) => FactFile<PolicyDecided>.Read(run.File(RunFiles.Decisions), FactsJson.Default.PolicyDecided).Facts;

    private string Edit(string path, string id = "toolu_1") => Told("Edit", $$"""{"file_path": "{{JsonEncodedText.Encode(path)}}", "old_string": "a", "new_string": "b"}""", id);

    private string Told(string tool, string input, string id = "toolu_1") =>
        $$"""{"session_id": "s", "transcript_path": "/t", "cwd": "{{JsonEncodedText.Encode(Repository)}}", "permission_mode": "default", "hook_event_name": "PreToolUse", "tool_name": "{{tool}}", "tool_input": {{input}}, "tool_use_id": "{{id}}"}""";

    private RunFolder Begin(PolicyOptions options)
    {
        Directory.CreateDirectory(Repository);
        var run = RunFolder.Create(_folder.File("repository", ".cicd-runner", "runs"), Questions.Start.At);
        FactDocument.Write(
            run.File(RunFiles.Start),
            Questions.Start with { RunId = run.RunId, Folder = Repository, Root = Repository, Settings = new Dictionary<string, string> { [PolicyOptions.SettingsName] = options.ToJson() } },
            FactsJson.Default.RunStart);
        File.WriteAllText(run.File(RunFiles.State), """{"state":"running","memoryPercent":1}""");
        return run;
    }

    private Task<string> AnswerAsync(RunFolder run, string input) => AnswerAsync(new Dictionary<string, string> { [RunnerSettings.FolderVariable] = run.Path }, input);

    private Task<string> AnswerAsync(IReadOnlyDictionary<string, string> environment, string input)
    {
        Directory.CreateDirectory(Repository);
        return PolicyHook.AnswerAsync(new MemoryStream(Encoding.UTF8.GetBytes(input)), environment, Repository, TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
