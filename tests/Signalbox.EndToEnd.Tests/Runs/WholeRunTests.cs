using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Runs;

/// <summary>One run of an agent under the published <c>cicd-runner</c>, with a policy, a Pushgateway and a Signalbox server, and what each of them knows of it afterwards.</summary>
public sealed class WholeRunTests
{
    private const string Configuration =
        """
        policy:
          rules:
            - id: ci-files
              effect: deny
              paths: [ci/**]
              reason: CI files belong to the platform team.
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatTheAgentDidAndCostIsKnownToServerPushgatewayAndReviewer()
    {
        RunnerScene.RequireProgram();

        // All that is pushed at the end has two seconds together, and no more can be allowed: on a busy machine they may pass.
        for (var tries = 1; !await IsKnownAsync(mayBeTooLate: tries < 5); tries++)
        {
        }
    }

    /// <returns>False when the Pushgateway's time was over.</returns>
    private static async Task<bool> IsKnownAsync(bool mayBeTooLate)
    {
        await using var server = await SignalboxProcess.StartAsync(Cancelled);
        await using var gateway = await PushgatewayProcess.StartAsync(Cancelled);
        using var scene = await SceneAsync();
        using var admin = RunsServer.ClientOf(server);

        var result = await scene.RunnerAsync(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["SIGNALBOX_SERVER"] = server.Address.ToString(),
                ["SIGNALBOX_TOKEN"] = await TokenAsync(admin),
                ["CICD_RUNNER_METRICS__PUSHGATEWAY__URL"] = gateway.Address.ToString(),
            },
            Cancelled,
            "run", "--set", $"signalbox.timeout={Eventually.Limit.TotalSeconds}s", "--", "claude", "-p", "mend the price", "--output-format", "stream-json", "--verbose");

        Assert.True(result.ExitCode == 0, $"It ends with {result.ExitCode}: {result.Error}");
        if (mayBeTooLate && result.Error.Contains("It did not answer within", StringComparison.Ordinal))
        {
            return false;
        }

        Assert.Equal(result.Output, scene.Read(Path.GetRelativePath(scene.Work, scene.Run), "stream.ndjson"));
        Assert.Equal(("2\n", "new\n", "test\n"), (scene.Read("src", "prices.txt"), scene.Read("notes.txt"), scene.Read("ci", "build.yml")));
        var report = await TheServerHasTheRunAsync(admin, Path.GetFileName(scene.Run), scene);
        await TheAuditLogHasTheRecordsAsync(admin, Text(report, "traceId"));
        await TheCostsAreAddedUpAsync(admin);
        await TheGatewayHasTheMetricsAsync(gateway);
        TheReviewerReads(scene);

        var replay = await scene.RunnerAsync(new Dictionary<string, string>(StringComparer.Ordinal), Cancelled, "replay", scene.Run);
        Assert.True(replay.ExitCode == 0, replay.Output + replay.Error);
        return true;
    }

    private static async Task<RunnerScene> SceneAsync()
    {
        var scene = new RunnerScene();
        scene.Write("src/prices.txt", "1\n");
        scene.Write("notes.txt", "old\n");
        scene.Write("ci/build.yml", "test\n");
        scene.Write(".cicd-ai-toolkit.yaml", Configuration);
        await scene.CommitAsync(Cancelled);
        scene.HaveAgentAct(AgentSession.Scenario);
        return scene;
    }

    /// <summary>A token that may do no more than the documentation asks for.</summary>
    private static async Task<string> TokenAsync(HttpClient admin)
    {
        using var response = await admin.PostAsJsonAsync("/api/v1/tokens", new { name = "ci", role = "operator", scopes = new[] { "runs:write", "audit:write" } }, Cancelled);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("secret").GetString()!;
    }

    private static async Task<JsonElement> TheServerHasTheRunAsync(HttpClient admin, string id, RunnerScene scene)
    {
        var item = Assert.Single((await GetAsync(admin, "/api/v1/runs?repository=acme/shop&actor=octocat&agent=claude-code&outcome=completed")).GetProperty("items").EnumerateArray().ToList());
        Assert.Equal((id, "finished", "prices"), (Text(item, "id"), Text(item, "state"), Text(item, "branch")));

        var text = await admin.GetStringAsync(new Uri($"/api/v1/runs/{id}", UriKind.Relative), Cancelled);
        Assert.DoesNotContain(AgentSession.Secret, text, StringComparison.Ordinal);
        var report = JsonDocument.Parse(text).RootElement;
        Assert.Equal(
            [("notes.txt", "modified", false), ("src/prices.txt", "modified", true)],
            report.GetProperty("changes").EnumerateArray().Select(static change => (Text(change, "path"), Text(change, "kind"), change.GetProperty("attributed").GetBoolean())).Order());
        var denial = Assert.Single(report.GetProperty("denials").EnumerateArray().ToList());
        Assert.Equal(("toolu_ci", "ci/build.yml", "ci-files"), (Text(denial, "toolUseId"), Text(denial, "resource"), Text(denial, "policyId")));
        var usage = report.GetProperty("usage");
        Assert.Equal((2220, 0.25, "reported", 3, 4), (usage.GetProperty("totalTokens").GetInt64(), usage.GetProperty("costUsd").GetDouble(), Text(usage, "costSource"), usage.GetProperty("cacheHits").GetInt64(), usage.GetProperty("messages").GetInt64()));
        var difference = Assert.Single(usage.GetProperty("reconciliation").GetProperty("differences").EnumerateArray().ToList());
        Assert.Equal(("output", 80, 90), (Text(difference, "kind"), difference.GetProperty("counted").GetInt64(), difference.GetProperty("reported").GetInt64()));
        var audit = report.GetProperty("audit");
        Assert.Equal((1, 1), (audit.GetProperty("denied").GetInt64(), audit.GetProperty("unattributed").GetInt64()));
        Assert.InRange(report.GetProperty("risk").GetProperty("score").GetInt32(), 1, 100);
        Assert.All(report.GetProperty("risk").GetProperty("contributions").EnumerateArray(), static one => Assert.NotEmpty(Text(one, "reason")));

        foreach (var name in (string[])["audit.jsonl", "summary.md", "timeline.jsonl", "trace.json"])
        {
            var kept = await admin.GetStringAsync(new Uri($"/api/v1/runs/{id}/files/{name}", UriKind.Relative), Cancelled);
            Assert.DoesNotContain(AgentSession.Secret, kept, StringComparison.Ordinal);
            Assert.Equal(File.ReadAllText(Path.Combine(scene.Run, name)), kept);
        }

        Assert.NotEmpty((await GetAsync(admin, $"/api/v1/runs/{id}/timeline?kind=tool,denial")).GetProperty("items").EnumerateArray().ToList());
        return report;
    }

    private static async Task TheAuditLogHasTheRecordsAsync(HttpClient admin, string traceId)
    {
        // What the runner reported; that it did, is recorded too, as a deed of its token.
        var events = (await GetAsync(admin, "/api/v1/audit/events?source=runner&limit=100")).GetProperty("items").EnumerateArray().Where(static one => Text(one.GetProperty("actor"), "kind") != "token").ToList();
        Assert.All(events, one => Assert.Equal(("external-user", "github:octocat", traceId), (Text(one.GetProperty("actor"), "kind"), Text(one.GetProperty("actor"), "id"), Text(one, "traceId"))));
        Assert.Equal(
            [
                "platform/post_comment succeeded: Audit: Actor octocat modified Resource acme/shop#8",
                "tool_use/edit_file denied: Audit: Actor octocat was denied to modify Resource ci/build.yml",
                "tool_use/edit_file succeeded: Audit: Actor octocat modified Resource notes.txt",
                "tool_use/edit_file succeeded: Audit: Actor octocat modified Resource src/prices.txt",
            ],
            events.Select(static one => $"{Text(one, "action")} {Text(one, "outcome")}: {Text(one, "message")}").Order(StringComparer.Ordinal));

        var unattributed = events.Single(static one => Text(one, "message").EndsWith("notes.txt", StringComparison.Ordinal));
        Assert.Contains("\"attributed\":false", (await admin.GetStringAsync(new Uri($"/api/v1/audit/events/{Text(unattributed, "id")}", UriKind.Relative), Cancelled)).Replace(" ", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static async Task TheCostsAreAddedUpAsync(HttpClient admin)
    {
        foreach (var (by, key) in (IReadOnlyList<(string, string?)>)[("repository", "acme/shop"), ("model", "claude-sonnet-4-5"), ("actor", "octocat"), ("week", null)])
        {
            var cost = Assert.Single((await GetAsync(admin, $"/api/v1/runs/costs?by={by}")).GetProperty("items").EnumerateArray().ToList());
            Assert.Equal((key ?? Text(cost, "key"), 2220, 0.25), (Text(cost, "key"), cost.GetProperty("totalTokens").GetInt64(), cost.GetProperty("costUsd").GetDouble()));
        }
    }

    private static async Task TheGatewayHasTheMetricsAsync(PushgatewayProcess gateway)
    {
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri(gateway.Address, "metrics"), Cancelled);
        Assert.All(
            [
                "cicd_ai_token_usage_total{instance=\"\",job=\"cicd-runner\",model=\"claude-sonnet-4-5\",pipeline=\"agent\",repository=\"acme/shop\",type=\"cache_read\"} 1500\n",
                "cicd_ai_token_difference{instance=\"\",job=\"cicd-runner\",model=\"claude-sonnet-4-5\",pipeline=\"agent\",repository=\"acme/shop\",type=\"output\"} -10\n",
                "cicd_ai_usage_agrees{instance=\"\",job=\"cicd-runner\",pipeline=\"agent\",repository=\"acme/shop\"} 0\n",
                "cicd_ai_unattributed_writes_total{instance=\"\",job=\"cicd-runner\",pipeline=\"agent\",repository=\"acme/shop\"} 1\n",
                "cicd_ai_cache_hits_total{instance=\"\",job=\"cicd-runner\",pipeline=\"agent\",repository=\"acme/shop\"} 3\n",
            ],
            line => Assert.Contains(line, metrics, StringComparison.Ordinal));
    }

    private static void TheReviewerReads(RunnerScene scene)
    {
        Assert.Equal(File.ReadAllText(Path.Combine(scene.Run, "summary.md")), scene.StepSummary);
        Assert.All(["notes.txt", "src/prices.txt", "ci/build.yml", "ci-files", "$0.25", "The accounts differ"], words => Assert.Contains(words, scene.StepSummary, StringComparison.Ordinal));
        Assert.DoesNotContain(AgentSession.Secret, scene.StepSummary, StringComparison.Ordinal);
    }

    private static Task<JsonElement> GetAsync(HttpClient client, string path) => client.GetFromJsonAsync<JsonElement>(path, Cancelled);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
