using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signalbox.Audit.Tests.Api;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Secrets;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Events;

/// <summary>Secrets in what users configure: a job needs its own, but nothing that is recorded about it does.</summary>
public sealed class PlantedConfigurationTests
{
    private const string Tasks = "/api/v1/scheduler/tasks";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NoSecretOfAJobAUserAgentOrATokensNameIsRecordedOrLogged()
    {
        var samples = SecretSamples.Create(20260305);
        using var log = new KeptLog();
        var setup = new TestServerSetup
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["audit.file.path"] = "audit.log" },
            Adjust = builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Debug);
                builder.Logging.AddProvider(log);
            },
        };
        await using var server = await TestServer.StartAsync(Cancellation, setup);
        using var client = server.Client(server.AdminToken);
        foreach (var (index, sample) in samples.Index())
        {
            await PlantAsync(client, sample, index);
        }

        await SettledAsync(server, log);
        var kept = await AuditTablesAsync(server);
        Assert.Contains("task.create", kept["stored bodies"], StringComparison.Ordinal);
        Assert.Contains("[redacted", kept["stored bodies"], StringComparison.OrdinalIgnoreCase);
        await server.StopAsync(Cancellation);

        foreach (var file in Directory.GetFiles(server.DataFolder, "audit*", SearchOption.AllDirectories))
        {
            kept[System.IO.Path.GetFileName(file)] = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancellation));
        }

        Assert.Contains("audit.db", kept.Keys);
        Assert.Contains("task.create", kept["audit.log"], StringComparison.Ordinal);
        kept["server's log"] = log.Text;
        var found = from place in kept from sample in samples where place.Value.Contains(sample.Value, StringComparison.Ordinal) select $"{sample.Kind} in {place.Key}: …{Around(place.Value, sample.Value)}…";
        Assert.Equal(string.Empty, string.Join("\n", found));
    }

    /// <summary>Puts a secret wherever a job has room for one, and sends it along as the name of the program and of a token.</summary>
    private static async Task PlantAsync(HttpClient client, SecretSample sample, int index)
    {
        var line = OneLine(sample);
        var lower = sample.Name.ToLowerInvariant();

        // A part of a whole, such as the password of a connection string, is a secret within it alone.
        var secret = sample.Text ?? sample.Value;
        var command = new JsonObject
        {
            ["name"] = $"command {index}",
            ["command"] = new JsonObject
            {
                ["file"] = "/bin/true",
                ["arguments"] = new JsonArray("--" + lower.Replace('_', '-'), secret, line),
                ["environment"] = new JsonObject { [sample.Name] = secret },
            },
        };
        var http = new JsonObject
        {
            ["name"] = $"http {index}",
            ["http"] = new JsonObject
            {
                ["url"] = $"http://127.0.0.1:1/hook?{lower}={(sample.Text is null ? Uri.EscapeDataString(secret) : "none")}",
                ["headers"] = new JsonObject { ["Authorization"] = $"Bearer {Ascii(secret)}", ["X-" + lower.Replace('_', '-')] = Ascii(secret) },
                ["body"] = $$"""{"{{lower}}":{{JsonValue.Create(secret).ToJsonString()}}}""",
            },
        };
        var credentials = http.DeepClone();
        credentials["name"] = $"credentials {index}";
        credentials["http"]!["url"] = $"http://user:{Uri.EscapeDataString(sample.Value)}@127.0.0.1:1/";
        await SendAsync(client, Tasks, command, line, HttpStatusCode.Created);
        await SendAsync(client, Tasks, http, line, HttpStatusCode.Created);
        await SendAsync(client, Tasks, credentials, line, HttpStatusCode.BadRequest);
        await SendAsync(client, "/api/v1/tokens", new JsonObject { ["name"] = line.Length <= 100 ? line : "long", ["role"] = "viewer" }, line, HttpStatusCode.Created);
    }

    private static async Task SendAsync(HttpClient client, string path, JsonNode body, string userAgent, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("User-Agent", Ascii(userAgent));
        using var response = await client.SendAsync(request, Cancellation);
        await response.ReadAsync(expected);
    }

    /// <summary>A form of the sample that fits into a header and a name.</summary>
    private static string OneLine(SecretSample sample) =>
        sample.Forms().Select(static form => form.Text).FirstOrDefault(static text => text.Length <= 100 && !text.Any(char.IsControl)) ?? "none";

    private static string Ascii(string text) => text.All(static c => c is >= ' ' and <= '~') ? text : "none";

    private static async Task SettledAsync(TestServer server, KeptLog log)
    {
        var marker = Guid.CreateVersion7().ToString();
        using var client = server.Client(server.AdminToken);
        await client.JsonAsync(HttpMethod.Post, Tasks, $$$"""{"name":"{{{marker}}}","command":{"file":"/bin/true"}}""", HttpStatusCode.Created);
        await Eventually.HoldsAsync(
            "the file and the log have the last job", () => Task.FromResult(log.Text.Contains(marker, StringComparison.Ordinal) && FileText(server).Contains(marker, StringComparison.Ordinal)), Cancellation);
    }

    private static string FileText(TestServer server)
    {
        using var reader = new StreamReader(new FileStream(System.IO.Path.Combine(server.DataFolder, "audit.log"), FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }

    /// <summary>The records, and whatever the slice keeps in the control database; jobs keep their secrets there too, but in tables of their own.</summary>
    private static async Task<Dictionary<string, string>> AuditTablesAsync(TestServer server)
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["stored bodies"] = await server.Services.GetRequiredService<AuditDatabase>().ReadAsync(
                static async session => string.Join('\n', (await EventRows.ReadAsync(session, (await LogRows.FindAsync(session, "default"))!.Log, 0, 100_000)).Select(static stored => Encoding.UTF8.GetString(stored.Body))),
                Cancellation),
        };
        var control = server.Services.GetRequiredService<ControlDatabase>();
        kept["outbox"] = string.Join('\n', (await control.ReadAsync(static session => session.ListAsync<byte[]>("SELECT body FROM audit_outbox"), Cancellation)).Select(Encoding.UTF8.GetString));
        kept["filters"] = string.Join('\n', await control.ReadAsync(static session => session.ListAsync<string>("SELECT name || query FROM audit_filters"), Cancellation));
        return kept;
    }

    private static string Around(string text, string secret)
    {
        var at = text.IndexOf(secret, StringComparison.Ordinal);
        return text[Math.Max(0, at - 150)..Math.Min(text.Length, at + secret.Length + 20)];
    }
}
