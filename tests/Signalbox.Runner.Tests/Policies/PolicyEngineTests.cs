using System.Text.Json;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Policies;
using Signalbox.Sdk.Redaction;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Policies;

public sealed class PolicyEngineTests : IDisposable
{
    /// <summary>As OPA 1.x answers a question with <c>provenance=true</c> when it logs decisions and has its policy from a bundle.</summary>
    private const string AllowWithProvenance =
        """{"decision_id":"4ca636c1-55e4-417a-b1d8-4aceb67960d1","provenance":{"version":"1.4.2","build_commit":"abc","build_timestamp":"2026-01-01T00:00:00Z","build_host":"x","bundles":{"main":{"revision":"r42"},"extra":{"revision":"r7"}}},"result":{"allow":true,"policy_id":"agents/edit","reasons":["Alice may edit."]}}""";

    private readonly TemporaryFolder _folder = new();
    private readonly PolicyPath _paths = new("/repo", static _ => null);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AllowsByDefaultWithoutAnOpinion()
    {
        var decided = await DecideAsync(new PolicyOptions(), Questions.Edit("src/a.cs"));

        Assert.Equal((true, "default", "rules", true), (decided.Allow, decided.PolicyId, decided.Source, decided.Enforced));
        Assert.False(PolicyEngine.HasOpinion(decided));
    }

    [Fact]
    public async Task DeniesByDefaultWhatMayWriteAndLeavesReadingAlone()
    {
        var options = new PolicyOptions { AllowsByDefault = false };
        var write = await DecideAsync(options, Questions.Edit("src/a.cs"));

        Assert.Equal((false, "default"), (write.Allow, write.PolicyId));
        Assert.Equal(["No rule allows tool_use/edit_file on src/a.cs."], write.Reasons);
        Assert.True((await DecideAsync(options, Questions.Edit("src/a.cs") with { Tool = "Read", MayWrite = false })).Allow);
    }

    [Fact]
    public async Task AsksThePolicyServerAndKeepsWhatItSaysOfItself()
    {
        await using var server = await OpaShapedServer.StartAsync(static _ => AllowWithProvenance, Cancellation);
        var token = _folder.Write("token", "tok-123\n");
        var decided = await DecideAsync(Options(server.Url, options => options with { TokenFile = token }), Questions.Edit("src/a.cs"));

        Assert.Equal((true, "agents/edit", "opa", "4ca636c1-55e4-417a-b1d8-4aceb67960d1", null), (decided.Allow, decided.PolicyId, decided.Source, decided.DecisionId, decided.Failure));
        Assert.Equal(["Alice may edit."], decided.Reasons);
        Assert.Equal(["extra=r7", "main=r42"], decided.Bundles);
        Assert.True(PolicyEngine.HasOpinion(decided));

        var request = Assert.Single(server.Requests);
        Assert.Equal(("POST /v1/data/cicd/runner/decision?provenance=true", "Bearer tok-123"), (request.Line, request.Authorization));
        Assert.Equal(
            ("alice", "tool_use/edit_file", "src/a.cs", "src/a.cs", "Edit", "acme/shop", "feature/cart", "9fceb02d0ae598e95dc970b74767f19372d61af8", "20260124T100000Z-1a2b3c4d"),
            (Text(request, "actor"), Text(request, "action"), Text(request, "resource"), Text(request, "path"), Text(request, "tool"), Text(request, "repository"), Text(request, "branch"), Text(request, "commit"), request.Input.GetProperty("run").GetProperty("id").GetString()));
        Assert.Equal("b", request.Input.GetProperty("tool_input").GetProperty("new_string").GetString());
    }

    [Theory]
    [InlineData("""{"result":{"allow":false,"policy_id":"agents/ci","reasons":["No."]}}""", false, "agents/ci", "No.", null)]
    [InlineData("""{"result":{"allow":false,"reason":"Because."}}""", false, "cicd/runner/decision", "Because.", null)]
    [InlineData("""{"result":true}""", true, "cicd/runner/decision", null, null)]
    [InlineData("""{"result":false}""", false, "cicd/runner/decision", null, null)]
    [InlineData("{}", false, "cicd/runner/decision", null, "The document cicd/runner/decision is undefined for this call.")]
    [InlineData("""{"decision_id":"1"}""", false, "cicd/runner/decision", null, "The document cicd/runner/decision is undefined for this call.")]
    [InlineData("""{"result":{}}""", false, "cicd/runner/decision", null, "The document cicd/runner/decision says nothing of allow.")]
    [InlineData("""{"result":{"allow":"yes"}}""", false, "cicd/runner/decision", null, "The document cicd/runner/decision says nothing of allow.")]
    [InlineData("""{"result":null}""", false, "cicd/runner/decision", null, "The document cicd/runner/decision is neither true or false nor an object.")]
    [InlineData("""{"result":["allow"]}""", false, "cicd/runner/decision", null, "The document cicd/runner/decision is neither true or false nor an object.")]
    public async Task ReadsEveryShapeOfAnAnswerAndDeniesWhatIsNoClearYes(string body, bool allow, string policy, string? reason, string? failure)
    {
        await using var server = await OpaShapedServer.StartAsync(_ => body, Cancellation);

        // Even where errors let calls pass: an undefined document is an answer, not an error.
        var decided = await DecideAsync(Options(server.Url) with { AllowsOnError = true }, Questions.Edit("src/a.cs"));

        Assert.Equal((allow, policy, reason, failure), (decided.Allow, decided.PolicyId, decided.Reasons.SingleOrDefault(), decided.Failure));
    }

    [Theory]
    [InlineData("not json", 200, "The policy server's answer is not JSON.")]
    [InlineData("[]", 200, "The policy server's answer is no object.")]
    [InlineData("""{"code":"internal_error"}""", 500, "The policy server answered with status 500.")]
    [InlineData("""{"code":"unauthorized"}""", 401, "The policy server answered with status 401.")]
    public async Task GoesByTheConfigurationWhenNoDecisionCanBeHad(string body, int status, string failure)
    {
        await using var server = await OpaShapedServer.StartAsync(_ => body, status, Cancellation);
        var denied = await DecideAsync(Options(server.Url), Questions.Edit("src/a.cs"));
        var allowed = await DecideAsync(Options(server.Url) with { AllowsOnError = true }, Questions.Edit("src/a.cs"));

        Assert.Equal((false, failure, true, failure), (denied.Allow, denied.Failure, allowed.Allow, allowed.Failure));
        Assert.False(PolicyEngine.HasOpinion(allowed));
    }

    [Fact]
    public async Task WaitsNoLongerThanItIsTold()
    {
        await using var server = await OpaShapedServer.StartAsync(static _ => null, Cancellation);
        var decided = await DecideAsync(Options(server.Url, static options => options with { Timeout = TimeSpan.FromMilliseconds(50) }), Questions.Edit("src/a.cs"));

        Assert.Equal((false, "The policy server gave no answer within 0.05 s."), (decided.Allow, decided.Failure));
    }

    [Fact]
    public async Task ACallThatDoesManyThingsHasNoMoreTime()
    {
        var clock = new FakeClock();
        await using var server = await OpaShapedServer.StartAsync(
            _ =>
            {
                clock.Advance(TimeSpan.FromSeconds(6));
                return """{"result":true}""";
            },
            Cancellation);
        var question = Questions.Bash("many") with { Targets = [.. Enumerable.Range(0, 5).Select(static number => new PolicyTarget("platform/push", $"acme/shop:{number}", "branch", []))] };
        using var engine = new PolicyEngine(Options(server.Url, static options => options with { Timeout = TimeSpan.FromSeconds(10) }), _paths, new Lazy<Redactor>(static () => Redactor.Default), clock);
        var decided = await engine.DecideAsync(question, Cancellation);

        Assert.Equal((false, "The policy server gave no answer within 10 s."), (decided.Allow, decided.Failure));
        Assert.True(server.Requests.Count < 5);
    }

    [Theory]
    [InlineData("""{"command": "a", "command": "b"}""")]
    [InlineData("""{"command": "\ud800"}""")]
    public async Task TakesAnInputThatCannotBeToldForAnError(string input)
    {
        await using var server = await OpaShapedServer.StartAsync(static _ => """{"result":true}""", Cancellation);
        var decided = await DecideAsync(Options(server.Url), Questions.Bash("x") with { ToolInput = JsonElement.Parse(input) });

        Assert.False(decided.Allow);
        Assert.StartsWith("The call's input cannot be told", decided.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void TakesAnAnswerThatIsNoUnicodeForAnError() => Assert.NotNull(OpaAnswer.Parse("""{"result":{"allow":true,"policy_id":"\ud800"}}"""u8.ToArray(), "p").Failure);

    [Fact]
    public async Task GivesUpWhenItsCallerDoes()
    {
        await using var server = await OpaShapedServer.StartAsync(static _ => null, Cancellation);
        using var caller = new CancellationTokenSource();
        var deciding = DecideWithinAsync(Options(server.Url, static options => options with { Timeout = TimeSpan.FromMinutes(1) }), Questions.Edit("src/a.cs"), caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => deciding);
    }

    [Fact]
    public async Task TakesAServerThatIsNotThereForAnError()
    {
        var decided = await DecideAsync(Options("http://127.0.0.1:1"), Questions.Edit("src/a.cs"));

        Assert.False(decided.Allow);
        Assert.StartsWith("The policy server could not be asked", decided.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakesAMissingTokenForAnError()
    {
        await using var server = await OpaShapedServer.StartAsync(static _ => AllowWithProvenance, Cancellation);
        var decided = await DecideAsync(Options(server.Url, options => options with { TokenFile = _folder.File("missing") }), Questions.Edit("src/a.cs"));

        Assert.False(decided.Allow);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task SendsNoSecretAndSaysWhereOneWas()
    {
        await using var server = await OpaShapedServer.StartAsync(static _ => """{"result":true}""", Cancellation);
        var secret = "ghp_" + string.Concat(Enumerable.Repeat("a1B2c3D4e", 4));
        var decided = await DecideAsync(Options(server.Url), Questions.Bash($"curl -H 'Authorization: token {secret}' https://api.github.com"));

        Assert.DoesNotContain(secret, Assert.Single(server.Requests).Input.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("/tool_input/command", decided.Erased);
    }

    [Fact]
    public async Task CutsLongTextsOfTheInput()
    {
        await using var server = await OpaShapedServer.StartAsync(static _ => """{"result":true}""", Cancellation);
        var question = Questions.Edit("src/a.cs") with { ToolInput = JsonElement.Parse($$"""{"content": "{{new string('x', 100_000)}}", "edits": [{"new_string": "{{new string('y', 100_000)}}"}]}""") };
        await DecideAsync(Options(server.Url), question);

        Assert.InRange(Assert.Single(server.Requests).Input.GetRawText().Length, OpaQuestion.MaxText * 2, (OpaQuestion.MaxText * 2) + 4000);
    }

    [Fact]
    public async Task NeverAsksAboutWhatARuleDeniesAndStillAsksAboutWhatOneAllows()
    {
        await using var server = await OpaShapedServer.StartAsync(static _ => """{"result":false}""", Cancellation);
        var options = Options(server.Url) with
        {
            Rules = [new PolicyRule { Id = "ci", Allow = false, Paths = ["ci/**"] }, new PolicyRule { Id = "all", Allow = true }],
        };

        Assert.Equal("ci", (await DecideAsync(options, Questions.Edit("ci/a"))).PolicyId);
        Assert.Empty(server.Requests);
        Assert.Equal((false, "opa"), (await DecideAsync(options, Questions.Edit("src/a.cs"))) is var asked ? (asked.Allow, asked.Source) : default);
    }

    [Fact]
    public async Task AsksAboutEachThingThatACallDoes()
    {
        await using var server = await OpaShapedServer.StartAsync(static input => input.GetProperty("action").GetString() == "platform/push" ? """{"result":true}""" : """{"result":{"allow":false,"policy_id":"merging"}}""", Cancellation);
        var question = Questions.Bash("git push && gh pr merge 8") with
        {
            Targets = [new PolicyTarget("platform/push", "acme/shop:main", "branch", []), new PolicyTarget("platform/merge_pr", "acme/shop#8", "pull_request", [])],
        };
        var decided = await DecideAsync(Options(server.Url), question);

        Assert.Equal((false, "merging", 2), (decided.Allow, decided.PolicyId, server.Requests.Count));
    }

    [Fact]
    public async Task AsksOnlyAboutWritingAndTheToolsThatAreNamed()
    {
        await using var server = await OpaShapedServer.StartAsync(static _ => """{"result":false}""", Cancellation);
        var read = Questions.Edit("src/a.cs") with { Tool = "Read", MayWrite = false };

        Assert.True((await DecideAsync(Options(server.Url), read)).Allow);
        Assert.False((await DecideAsync(Options(server.Url, static options => options with { Tools = ["*"] }), read)).Allow);
    }

    [Fact]
    public void SurvivesAnyAnswer()
    {
        var random = new Random(20260124);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(AllowWithProvenance);
            for (var change = random.Next(8); change >= 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var answer = OpaAnswer.Parse(bytes.AsMemory(0, random.Next(bytes.Length + 1)), "p");
            Assert.True(answer.Allow is not null || answer.Failure is not null);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string? Text(OpaRequest request, string name) => request.Input.GetProperty(name).GetString();

    private static PolicyOptions Options(string url, Func<OpaOptions, OpaOptions>? change = null)
    {
        var opa = new OpaOptions { Url = new Uri(url), Path = "cicd/runner/decision", Timeout = TimeSpan.FromSeconds(30), Tools = ["Bash"] };
        return new PolicyOptions { Opa = change is null ? opa : change(opa) };
    }

    private Task<PolicyDecided> DecideAsync(PolicyOptions options, PolicyQuestion question) => DecideWithinAsync(options, question, Cancellation);

    private async Task<PolicyDecided> DecideWithinAsync(PolicyOptions options, PolicyQuestion question, CancellationToken cancellationToken)
    {
        using var engine = new PolicyEngine(options, _paths, new Lazy<Redactor>(static () => Redactor.Default), TimeProvider.System);
        return await engine.DecideAsync(question, cancellationToken);
    }
}
