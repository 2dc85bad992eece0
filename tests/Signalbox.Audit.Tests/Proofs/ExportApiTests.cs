using System.Net;
using System.Text.Json.Nodes;
using Signalbox.Audit.Tests.Api;
using Signalbox.Audit.Tests.Events;
using Signalbox.Server.Audit.Archives;
using Signalbox.Server.Audit.Verification;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Proofs;

public sealed class ExportApiTests
{
    private const string Path = "/api/v1/audit/export";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheArchiveIsVerifiedWithoutTheServer()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("log.tar.gz");
        await using (var server = await TestServer.StartAsync(Cancel))
        {
            using var client = server.Client(server.AdminToken);
            await client.JsonAsync(HttpMethod.Post, "/api/v1/audit/events", ReportBodies.Runs(600));
            using var response = await client.GetAsync(Path, HttpCompletionOption.ResponseHeadersRead, Cancel);
            Assert.Equal("application/gzip", response.Content.Headers.ContentType?.MediaType);
            Assert.Matches("^audit-default-[0-9]{8}T[0-9]{6}Z[.]tar[.]gz$", response.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
            await using var target = File.Create(file);
            await response.Content.CopyToAsync(target, Cancel);
        }

        await using var source = ArchiveSource.Open(file);
        var report = (await new LogVerifier(source, []).RunAsync(null, progress: null, Cancel)).Report;
        Assert.True(report.Ok);
    }

    [Fact]
    public async Task TheLinesAreTheStoredRecordsInTheirOrder()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        await client.JsonAsync(HttpMethod.Post, "/api/v1/audit/events", ReportBodies.Runs(3));

        var lines = (await client.GetStringAsync($"{Path}?format=jsonl", Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        for (var sequence = 0; sequence < lines.Length; sequence++)
        {
            Assert.Equal(await client.GetStringAsync($"/api/v1/audit/events/{sequence}/entry", Cancel), lines[sequence]);
        }

        Assert.True(lines.Length >= 3);
        Assert.Empty(await client.GetStringAsync($"{Path}?format=jsonl&to=2001-01-01T00:00:00Z", Cancel));
    }

    [Fact]
    public async Task AnOcsfEventALineStandsForEachRecord()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        await client.JsonAsync(HttpMethod.Post, "/api/v1/audit/events", ReportBodies.Runs(3));

        var events = (await client.GetStringAsync($"{Path}?format=ocsf", Cancel))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonNode.Parse(line)!)
            .ToList();

        Assert.Equal(Enumerable.Range(0, events.Count), events.Select(static node => (int)node["metadata"]!["sequence"]!));
        Assert.Contains(events, static node => (int)node["class_uid"]! == 3004);
        Assert.All(events, static node => Assert.NotNull(node["message"]));
    }

    [Fact]
    public async Task SaysWhatItCannotExport()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        (await client.GetJsonAsync($"{Path}?format=xml", HttpStatusCode.BadRequest)).ErrorOf("format");
        (await client.GetJsonAsync($"{Path}?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", HttpStatusCode.BadRequest)).ErrorOf("to");
        (await client.GetJsonAsync($"{Path}?from=then", HttpStatusCode.BadRequest)).ErrorOf("from");
        await client.JsonAsync(HttpMethod.Post, "/api/v1/tenants", """{"name":"other"}""", HttpStatusCode.Created);
        client.DefaultRequestHeaders.Add("X-Scope-OrgID", "other");
        Assert.Equal("audit_log_empty", (string?)(await client.GetJsonAsync(Path, HttpStatusCode.NotFound))["code"]);
    }
}
