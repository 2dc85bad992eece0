using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Audit.Tests.Api;
using Signalbox.Runner.Auditing;
using Signalbox.Runner.Uploading;
using Signalbox.Sdk.Redaction;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Events;

/// <summary>Records of <c>cicd-runner</c> against the real server.</summary>
public sealed class RunnerRecordTests
{
    private static readonly string[] Actions =
    [
        "tool_use/edit_file", "tool_use/run_command", "tool_use/mcp", "tool_use/commit", "tool_use/web_fetch", "platform/post_comment", "platform/merge_pr", "platform/push", "platform/create_pr", "platform/close_issue",
        "platform/create_release", "platform/call_api",
    ];

    private static readonly string[] ResourceTypes = ["file", "command", "tool", "repository", "tool", "comment", "pull_request", "branch", "pull_request", "repository", "repository", "repository"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARecordIsTakenAsThatOfTheRunnerAndNotDoubledWhenItIsSentAgain()
    {
        using var folder = new TemporaryFolder();
        await using var server = await TestServer.StartAsync(Cancelled);
        for (var time = 0; time < 2; time++)
        {
            await using var sender = Sender(server.Address, server.AdminToken, folder.File($"spool{time}"));
            for (var number = 0; number < Actions.Length; number++)
            {
                sender.Take(Record(number));
            }

            await sender.FinishAsync(Eventually.Limit, Cancelled);
            Assert.Equal((Actions.Length, 0, 0), (sender.Sent, sender.Kept, sender.Lost));
        }

        using var client = server.Client(server.AdminToken);

        // That the runner reported them is recorded as well, as a deed of its token.
        var items = (await client.GetJsonAsync("/api/v1/audit/events?source=runner&limit=100"))["items"]!.AsArray().Where(static item => (string?)item!["actor"]!["kind"] != "token").ToList();
        Assert.Equal(Actions.Order(StringComparer.Ordinal), items.Select(static item => (string)item!["action"]!).Order(StringComparer.Ordinal));
        var first = items.Single(static item => (string?)item!["action"] == "tool_use/edit_file")!;
        Assert.Equal("Audit: Actor octocat modified Resource src/0.cs", (string?)first["message"]);
        Assert.Equal(("external-user", "github:octocat"), ((string?)first["actor"]!["kind"], (string?)first["actor"]!["id"]));
        var whole = await client.GetJsonAsync($"/api/v1/audit/events/{(string?)first["id"]}");
        Assert.Contains("claude-code", whole.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("s-1", whole.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatTheServerDidNotTakeIsKeptAndSentByTheNextRun()
    {
        using var folder = new TemporaryFolder();
        await using var server = await TestServer.StartAsync(Cancelled);
        var spool = folder.File("spool");
        await using (var early = Sender(new Uri("http://127.0.0.1:1/"), "sbt_none", spool))
        await using (var beside = Sender(new Uri("http://127.0.0.1:1/"), "sbt_none", spool))
        {
            early.Take(Record(0));
            beside.Take(Record(1));
            await beside.FinishAsync(TimeSpan.FromMilliseconds(100), Cancelled);
            await early.FinishAsync(TimeSpan.FromMilliseconds(100), Cancelled);
            Assert.Equal((0L, 2L, 0L), (early.Sent, early.Kept, early.Lost));
        }

        await using var later = Sender(server.Address, server.AdminToken, spool);
        await later.FinishAsync(Eventually.Limit, Cancelled);
        Assert.Equal((2L, 0L, 0L), (later.Sent, later.Kept, later.Lost));
    }

    [Fact]
    public async Task NamesThatTheServerWouldRefuseAreMadeToFit()
    {
        using var folder = new TemporaryFolder();
        await using var server = await TestServer.StartAsync(Cancelled);
        await using var sender = Sender(server.Address, server.AdminToken, folder.File("spool"));
        sender.Take(Record(0) with { Resource = new string('a', 3000), Reasons = [.. Enumerable.Repeat(new string('r', 900), 30)] });
        sender.Take(Record(1) with { Resource = "bell\u0007 and\u0000 half \ud83d", PolicyId = " " });
        await sender.FinishAsync(Eventually.Limit, Cancelled);
        Assert.Equal((2L, 0L, 0L), (sender.Sent, sender.Kept, sender.Lost));
    }

    [Fact]
    public async Task WithoutATokenOrAServerNothingIsSentAndNothingBreaks()
    {
        using var folder = new TemporaryFolder();
        await using var mute = new AuditSender(new UploadOptions(), folder.File("a"), Redactor.Default, TimeProvider.System, NullLogger.Instance);
        mute.Take(Record(0));
        await mute.FinishAsync(TimeSpan.FromSeconds(1), Cancelled);
        Assert.Equal(0, mute.Lost);
        await using var tokenless = new AuditSender(new UploadOptions { Server = new Uri("http://127.0.0.1:1/") }, folder.File("b"), Redactor.Default, TimeProvider.System, NullLogger.Instance);
        tokenless.Take(Record(0));
        await tokenless.FinishAsync(TimeSpan.FromSeconds(1), Cancelled);
        Assert.Equal(1, tokenless.Lost);
        Assert.Empty(Directory.GetDirectories(folder.Path));
    }

    private static AuditSender Sender(Uri address, string token, string spool) =>
        new(new UploadOptions { Server = address, Token = new ServerToken(token, null) }, spool, Redactor.Default, TimeProvider.System, NullLogger.Instance);

    private static AuditRecord Record(int number) => new()
    {
        Id = AuditIds.Of("20260124T100000Z-1a2b3c4d", $"t{number}", 0),
        At = new DateTimeOffset(2026, 1, 24, 10, 0, number, TimeSpan.Zero),
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        SpanId = "00f067aa0ba902b7",
        Actor = "octocat",
        Agent = "claude-code",
        Action = Actions[number],
        Resource = $"src/{number}.cs",
        ResourceType = ResourceTypes[number],
        PolicyId = "none",
        Outcome = number % 3 == 2 ? AuditRecord.Failed : AuditRecord.Succeeded,
        Tool = "Edit",
        ToolUseId = $"t{number}",
        SessionId = "s-1",
        LinesAdded = 1,
        Attributed = true,
        RunId = "20260124T100000Z-1a2b3c4d",
        Platform = "github",
        Repository = "acme/shop",
    };
}
