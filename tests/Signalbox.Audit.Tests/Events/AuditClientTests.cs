using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Signalbox.Audit.Tests.Api;
using Signalbox.Sdk.Audit;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Events;

/// <summary>The SDK's client against the real server.</summary>
public sealed class AuditClientTests
{
    private readonly ConcurrentQueue<AuditFailure> _failures = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatItRecordsIsInTheLogOnceAndWithoutSecrets()
    {
        using var folder = new TemporaryFolder();
        await using var server = await TestServer.StartAsync(Cancelled);
        var unreachable = Options(server) with { Server = new Uri("http://127.0.0.1:1/"), SpoolFolder = folder.Path, DrainTimeout = TimeSpan.FromMilliseconds(50) };

        // Recorded while the server cannot be reached, kept on disk, and sent twice by two later clients.
        await using (var first = new AuditClient(unreachable))
        {
            for (var number = 0; number < 30; number++)
            {
                first.Record(Entry(number) with { After = new JsonObject { ["password"] = "hunter2", ["number"] = number } });
            }
        }

        var kept = Directory.GetFiles(folder.Path, "*.jsonl").ToDictionary(static file => file, File.ReadAllBytes);
        await SendSpoolAsync(Options(server) with { SpoolFolder = folder.Path });
        foreach (var (file, bytes) in kept)
        {
            await File.WriteAllBytesAsync(file, bytes, Cancelled);
        }

        await SendSpoolAsync(Options(server) with { SpoolFolder = folder.Path });

        using var client = server.Client(server.AdminToken);
        var list = await client.GetJsonAsync("/api/v1/audit/events?action=app/order.refund&limit=100");
        Assert.Equal(30, list["items"]!.AsArray().Count);
        Assert.All(list["items"]!.AsArray(), static item => Assert.Equal("sdk", (string?)item!["source"]));
        Assert.DoesNotContain("hunter2", list.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(_failures);
    }

    [Fact]
    public async Task AnEventThatTheServerRefusesDoesNotHoldUpTheRest()
    {
        await using var server = await TestServer.StartAsync(Cancelled);
        await using var audit = new AuditClient(Options(server));
        for (var number = 0; number < 9; number++)
        {
            audit.Record(number == 4 ? Entry(number) with { Action = "nobody.knows" } : Entry(number));
        }

        await audit.FlushAsync(Cancelled);

        Assert.Equal((8, 1), (audit.Sent, audit.Failed));
        Assert.Equal(AuditFailureReason.Rejected, Assert.Single(_failures).Reason);
        Assert.Contains("nobody.knows", _failures.First().Detail, StringComparison.Ordinal);
    }

    private static async Task SendSpoolAsync(AuditClientOptions options)
    {
        await using var client = new AuditClient(options);
        await client.FlushAsync(Cancelled);
        Assert.Equal((30, 0), (client.Sent, client.Failed));
    }

    private static AuditEntry Entry(int number) => new() { Action = "app/order.refund", Resource = new AuditEntryResource("app/order", FormattableString.Invariant($"{number}")) };

    private AuditClientOptions Options(TestServer server) => new() { Server = server.Address, Token = server.AdminToken, OnFailure = _failures.Enqueue };
}
