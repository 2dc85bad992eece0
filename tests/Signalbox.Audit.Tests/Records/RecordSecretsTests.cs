using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Signalbox.Sdk.Redaction;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Redaction;
using Signalbox.Testing.Secrets;
using Xunit;

namespace Signalbox.Audit.Tests.Records;

/// <summary>Two hundred secrets of more than sixty kinds, planted wherever an event takes text from outside.</summary>
public sealed partial class RecordSecretsTests
{
    private const int PieceLength = 8;
    private static readonly AuditAction Update = new("thing.update", AuditClass.Standard, AuditActivity.Update, "Changed a thing");
    private static readonly AuditResourceType Thing = new("thing", "A thing");

    private readonly RecordWriter _writer = new(TimeProvider.System, new ServerRedactor(Redactor.Default));

    [Fact]
    public void NoneReachesTheStoredBytes()
    {
        var left = from sample in SecretSamples.Create(20)
                   from planted in Planted(sample)
                   let body = Encoding.UTF8.GetString(_writer.Prepare(planted.Event, planted.Scope).Body)
                   where HoldsPieceOf(sample.Value, body)
                   select $"{sample.Kind} in {planted.Place}: {body}";

        Assert.True(!left.Any(), string.Join('\n', left));
    }

    [Fact]
    public void TheRecordSaysWhereSomethingWasErased()
    {
        var sample = SecretSamples.Create(21).First(static sample => sample.Kind == "github-token");
        var made = Event(after: new JsonObject { ["a/b"] = new JsonArray(sample.Value), ["password"] = "x" }).Failed($"refused {sample.Value}");

        var record = RecordReader.Read(_writer.Prepare(made, null).Body);

        Assert.Equal([("/after/a~1b/0", "github-token"), ("/after/password", "field"), ("/reasons/0", "github-token")], record.Redacted.Select(static place => (place.Path, place.Rule)).Order());
    }

    private static IEnumerable<(string Place, AuditEvent Event, AuditScope? Scope)> Planted(SecretSample sample)
    {
        // A value alone says what it is only by its own format; with its name beside it any kind does.
        var text = sample.Text ?? $"{sample.Name}={sample.Value}";
        var tree = new JsonObject { ["settings"] = new JsonArray(new JsonObject { [sample.Name] = sample.Text ?? sample.Value }), ["log"] = $"line 1\n{text}\nline 3" };
        yield return ("before", Event(before: tree), null);
        yield return ("after", Event(after: tree), null);
        yield return ("both", Event(before: tree, after: new JsonObject { ["now"] = text }), null);
        yield return ("data", Event().With("note", text).With(sample.Name, sample.Text ?? sample.Value), null);
        yield return ("reasons", Event().Failed(text), null);
        yield return ("decision", Event().DecidedBy("p", "d", text), null);
        yield return ("resource's name", Event(new AuditResource(Thing, "t1", text)), null);
        yield return ("resource's path", Event(new AuditResource(Thing, "t1", "Lamp", text)), null);
        yield return ("user agent", Event(), new AuditScope { Source = "api", UserAgent = text, AddressChain = "203.0.113.7" });
    }

    private static AuditEvent Event(AuditResource? resource = null, JsonNode? before = null, JsonNode? after = null) =>
        new AuditEvent("default", new AuditActor("user", "u1", "Ann"), Update, resource ?? new AuditResource(Thing, "t1", "Lamp")).Changed(before, after);

    private static bool HoldsPieceOf(string secret, string body) => Marker().Replace(body, " ") is var text
        && Enumerable.Range(0, Math.Max(1, secret.Length - PieceLength + 1)).Any(start => text.Contains(secret.Substring(start, Math.Min(PieceLength, secret.Length)), StringComparison.Ordinal));

    [GeneratedRegex(@"\[redacted:[a-z0-9.-]+:[a-z2-7]{8}\]", RegexOptions.None, 1000)]
    private static partial Regex Marker();
}
