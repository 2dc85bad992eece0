using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signalbox.Audit.Tests.Api;
using Signalbox.Server.Audit.Storage;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Secrets;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Events;

public sealed class PlantedSecretTests
{
    private const string Path = "/api/v1/audit/events";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NoneOfHundredsOfSecretsReachesADatabaseAFileOrALog()
    {
        var samples = SecretSamples.Create(20260304);
        Assert.True(samples.Count >= 200 && samples.Select(static sample => sample.Kind).Distinct(StringComparer.Ordinal).Count() >= 60);
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
        await using var server = await TestServer.StartAsync(Cancel, setup);
        using var client = server.Client(server.AdminToken);
        var planted = 0;
        foreach (var chunk in samples.Chunk(50))
        {
            var events = new JsonArray([.. chunk.Select(EventOf)]);
            planted += (int)(await client.JsonAsync(HttpMethod.Post, Path, new JsonObject { ["events"] = events }.ToJsonString()))["accepted"]!;
        }

        Assert.Equal(samples.Count, planted);
        await Eventually.HoldsAsync("the file has every record", () => Task.FromResult(Lines(server) >= planted), Cancel);
        var stored = await BodiesAsync(server);
        Assert.Contains("\"redacted\"", stored, StringComparison.Ordinal);
        await server.StopAsync(Cancel);

        var kept = Directory.GetFiles(server.DataFolder, "*", SearchOption.AllDirectories)
            .Where(static file => System.IO.Path.GetFileName(file) is var name && (name.StartsWith("audit", StringComparison.Ordinal) || name.StartsWith("control.db", StringComparison.Ordinal)))
            .ToDictionary(static file => System.IO.Path.GetFileName(file), static file => Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparer.Ordinal);
        Assert.Contains("audit.db", kept.Keys);
        Assert.Contains("audit.log", kept.Keys);
        kept["bodies"] = stored;
        kept["log"] = log.Text;
        var found = from place in kept from sample in samples where place.Value.Contains(sample.Value, StringComparison.Ordinal) select $"{sample.Kind} in {place.Key}: …{Around(place.Value, sample.Value)}…";
        Assert.Empty(found);
    }

    /// <summary>Hides a secret in every text and object that a report has.</summary>
    private static JsonObject EventOf(SecretSample sample)
    {
        // A password is no bearer token; a short word behind "Bearer" may be a person's.
        var forms = sample.Forms().Where(form => form.Form != "bearer" || sample.Value.Length >= 16).Select(static form => form.Text).ToList();
        var member = sample.Text is null ? sample.Name.ToLowerInvariant() : "connection";
        var text = sample.Text ?? sample.Value;
        return new JsonObject
        {
            ["id"] = Guid.CreateVersion7().ToString(),
            ["action"] = "app/planted",
            ["resource"] = new JsonObject { ["type"] = "app/thing", ["id"] = "1", ["name"] = Short(forms[^1]), ["path"] = Short(forms[0]) },
            ["reasons"] = new JsonArray(Short(forms[0])),
            ["message"] = Short(forms[^1]),
            ["before"] = new JsonObject { ["settings"] = new JsonObject { [member] = text } },
            ["after"] = new JsonObject { ["settings"] = new JsonObject { [member] = text + "2" }, ["forms"] = new JsonArray([.. forms.Select(static form => JsonValue.Create(form))]) },
            ["data"] = new JsonObject { [member] = text, ["list"] = new JsonArray(forms[0], forms[^1]) },
        };
    }

    /// <summary>The limits are those of texts; what is longer is planted in the objects alone.</summary>
    private static string Short(string form) => form.Length <= 512 ? form.Replace('\0', ' ') : "long";

    private static string Around(string text, string secret)
    {
        var at = text.IndexOf(secret, StringComparison.Ordinal);
        var from = Math.Max(0, at - 100);
        return text[from..Math.Min(text.Length, at + secret.Length + 20)];
    }

    private static int Lines(TestServer server)
    {
        var file = System.IO.Path.Combine(server.DataFolder, "audit.log");
        if (!File.Exists(file))
        {
            return 0;
        }

        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd().Split('\n').Count(static line => line.Contains("app/planted", StringComparison.Ordinal));
    }

    private static async Task<string> BodiesAsync(TestServer server) => await server.Services.GetRequiredService<AuditDatabase>().ReadAsync(
        static async session =>
        {
            var log = (await LogRows.FindAsync(session, "default"))!;
            return string.Join('\n', (await EventRows.ReadAsync(session, log.Log, 0, 10_000)).Select(static stored => Encoding.UTF8.GetString(stored.Body)));
        },
        Cancel);
}
