using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Signalbox.Sdk.Redaction;
using Signalbox.Server.Audit.Canonical;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Redaction;
using Signalbox.Testing;
using Xunit;

namespace Signalbox.Audit.Tests.Records;

public sealed class RecordWriterTests
{
    private static readonly AuditAction Update = new("thing.update", AuditClass.Standard, AuditActivity.Update, "Changed a thing");
    private static readonly AuditResourceType Thing = new("thing", "A thing");

    private readonly RecordWriter _writer = new(TimeProvider.System, new ServerRedactor(Redactor.Default));

    private static AuditEvent Event => new("default", new AuditActor("user", "u1", "Ann"), Update, new AuditResource(Thing, "t1", "Lamp"));

    private static AuditScope Scope => new()
    {
        Source = "api",
        RequestId = "r1",
        TraceId = "0af7651916cd43dd8448eb211c80319c",
        Address = "203.0.113.7",
        Peer = "127.0.0.1",
        AddressChain = "203.0.113.7, 10.0.0.1",
        UserAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
    };

    [Theory]
    [InlineData("thing.create", nameof(AuditActivity.Create), nameof(AuditOutcome.Succeeded), "Audit: Ann created thing Lamp (t1)")]
    [InlineData("thing.delete", nameof(AuditActivity.Delete), nameof(AuditOutcome.Failed), "Audit: Ann failed to delete thing Lamp (t1)")]
    [InlineData("tool_use/edit_file", nameof(AuditActivity.Update), nameof(AuditOutcome.Denied), "Audit: Ann was not allowed to modify thing Lamp (t1)")]
    [InlineData("thing.turn", nameof(AuditActivity.Other), nameof(AuditOutcome.Succeeded), "Audit: Ann did thing.turn on thing Lamp (t1)")]
    [InlineData("session.create", nameof(AuditActivity.Create), nameof(AuditOutcome.Denied), "Audit: Ann was not allowed to do session.create on thing Lamp (t1)")]
    public void ASentenceTellsTheDeed(string action, string activity, string outcome, string sentence)
    {
        var made = Event with
        {
            Action = new AuditAction(action, AuditClass.Standard, Enum.Parse<AuditActivity>(activity), string.Empty),
            Outcome = Enum.Parse<AuditOutcome>(outcome),
        };

        Assert.Equal(sentence, RecordReader.Read(_writer.Prepare(made, Scope).Body).Message);
    }

    [Fact]
    public void ARecordReadsAsItWasMade()
    {
        var made = Event.Changed(JsonNode.Parse("""{"on":false,"watts":5}"""), JsonNode.Parse("""{"on":true,"watts":5}""")).OnBehalfOf(new AuditActor("agent", "a1", "Helper"))
            .DecidedBy("policy-1", "d1", "because").With("ticket", 7).At(DateTimeOffset.UnixEpoch);

        var prepared = _writer.Prepare(made, Scope);
        var record = RecordReader.Read(prepared.Body);

        Assert.Equal((prepared.Id, "default", "standard", "thing.update", "succeeded"), (record.Id, record.Tenant, record.Class, record.Action, record.Outcome));
        Assert.Equal(prepared.TimeMs, record.Time.ToUnixTimeMilliseconds());
        Assert.Equal((DateTimeOffset.UnixEpoch, made.Actor, made.ActsFor), (record.OccurredAt, record.Actor, record.OnBehalfOf));
        Assert.Equal(new RecordResource("thing", "t1", "Lamp", null), record.Resource);
        Assert.Equal(("policy-1", "d1", "because"), (record.PolicyId, record.DecisionId, Assert.Single(record.Reasons)));
        Assert.Equal(("r1", "203.0.113.7", "127.0.0.1", "203.0.113.7, 10.0.0.1"), (record.RequestId, record.Address, record.Peer, record.AddressChain));
        Assert.Equal(("api", Scope.UserAgent, Scope.TraceId), (record.Source, record.UserAgent, record.TraceId));
        Assert.Equal("Audit: Ann modified thing Lamp (t1)", record.Message);
        Assert.Equal("""[{"old":false,"op":"replace","path":"/on","value":true}]""", record.Diff!.ToJsonString());
        Assert.Equal("""{"on":true,"watts":5}""", record.After()!.ToJsonString());
        Assert.Equal("""{"ticket":7}""", record.Data!.ToJsonString());
        Assert.Empty(record.Cut);
    }

    [Fact]
    public void TheBodyIsCanonicalAndNoTwoAreAlike()
    {
        var one = _writer.Prepare(Event.With("x", 1), Scope).Body;
        var other = _writer.Prepare(Event.With("x", 1), Scope).Body;

        Assert.Equal(one, CanonicalJson.Write(one.AsSpan()));
        Assert.NotEqual(JsonNode.Parse(one)!["salt"]!.GetValue<string>(), JsonNode.Parse(other)!["salt"]!.GetValue<string>());
    }

    [Fact]
    public void SecretsAreErasedWhereverTheyComeFrom()
    {
        const string Secret = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
        var made = Event.Changed(new JsonObject { ["note"] = Secret }, new JsonObject { ["note"] = "gone", ["password"] = "Tr0ub4dor&3" }).Failed($"it was {Secret}").With("seen", Secret)
            with { RequestId = Secret, Message = $"see {Secret}", Actor = new AuditActor("user", "u1", Secret), Resource = new AuditResource(Thing, Secret, Secret, Secret) };
        var scope = new AuditScope { Source = "api", UserAgent = $"agent/{Secret}", AddressChain = Secret };

        var body = System.Text.Encoding.UTF8.GetString(_writer.Prepare(made, scope).Body);
        var record = RecordReader.Read(System.Text.Encoding.UTF8.GetBytes(body));

        Assert.DoesNotContain("ghp_", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Tr0ub4dor", body, StringComparison.Ordinal);
        Assert.All(
            ["/before/note", "/after/password", "/message", "/actor/name", "/resource/id", "/resource/name", "/resource/path", "/userAgent", "/addressChain", "/requestId", "/reasons/0", "/data/seen"],
            path => Assert.Contains(record.Redacted, erasure => erasure.Path == path));
    }

    [Fact]
    public void ALongTextIsCutAlikeInObjectAndDiffAndCanBeProved()
    {
        var text = string.Concat(Enumerable.Repeat("é💡\n", 40_000));
        var old = new JsonObject { ["text"] = text, ["rest"] = "stays" };
        var young = new JsonObject { ["text"] = text + "!", ["rest"] = "stays" };

        var record = RecordReader.Read(_writer.Prepare(Event.Changed(old, young), Scope).Body);

        var cut = record.Cut.Single(static cut => cut.Path == "/before/text");
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(text), cut.Length);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))), cut.Sha256);
        Assert.Equal("stays", (string?)record.After()!["rest"]);
        Assert.NotEqual((string?)record.Before!["text"], (string?)record.After()!["text"]);
        Assert.StartsWith("é💡\n", (string?)record.Before!["text"], StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsTooLarge()
    {
        JsonNode deep = new JsonObject { ["bottom"] = 1 };
        for (var level = 0; level < 800; level++)
        {
            deep = level % 2 == 0 ? new JsonArray(deep) : new JsonObject { ["d"] = deep };
        }

        var names = new JsonObject();
        for (var index = 0; index < 5; index++)
        {
            names[new string((char)('a' + index), 1_000_000)] = index;
        }

        JsonNode[] trees =
        [
            new JsonArray([.. Enumerable.Range(0, 100_000).Select(static number => (JsonNode?)$"short {number}")]),
            new JsonObject(Enumerable.Range(0, 100_000).Select(static number => KeyValuePair.Create($"member {number}", (JsonNode?)"short"))),
            new JsonArray([.. Enumerable.Range(0, 900).Select(static number => (JsonNode?)new JsonArray([.. Enumerable.Range(0, 20).Select(inner => (JsonNode?)new string('x', 70))]))]),
            deep,
            names,
            JsonValue.Create(new string('\u0001', 3_000_000)),
            JsonValue.Create(new string('\ud800', 100_000)),
            JsonValue.Create(double.NaN),
            JsonNode.Parse("""{"a":1e999,"b":123456789012345678901234567890}""")!,
        ];

        foreach (var tree in trees)
        {
            var record = Fits(Event.Changed(tree.DeepClone(), new JsonObject()).With("also", tree.DeepClone()));
            Assert.Equal("thing.update", record.Action);
        }

        Fits(Event.Changed(trees[0].DeepClone(), trees[2].DeepClone()));
    }

    [Fact]
    public void NoTextOfARecordIsTooLong()
    {
        var text = string.Concat(Enumerable.Repeat("\u0001\"é💡", 50_000));
        var actor = new AuditActor(text, text, text, text);
        var made = new AuditEvent("default", actor, Update, new AuditResource(new AuditResourceType(text, ""), text, text, text))
        {
            ActsFor = actor, Reporter = actor, PolicyId = text, DecisionId = text, Reasons = [.. Enumerable.Repeat(text, 1000)], Source = text, Message = text, Data = new JsonObject { ["t"] = text },
        };

        var record = Fits(made, new AuditScope { Source = text, Address = text, Peer = text, AddressChain = text, UserAgent = text, RequestId = text, TraceId = text });

        Assert.Contains(record.Cut, static cut => cut.Path == "/userAgent");
        Assert.Equal("… and 985 more", record.Reasons[^1]);
        Fits(made with { Message = null });
    }

    [Fact]
    public void AnyTreeMakesARecordWhoseDiffApplies() => Prop
        .ForAll(JsonTrees.Maybe, JsonTrees.Maybe, (old, young) =>
        {
            var record = Fits(Event.Changed(old, young));
            return record.Cut.Count == 0 && CanonicalJson.Write(record.After()).AsSpan().SequenceEqual(CanonicalJson.Write(young));
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void AnyLargeTreeMakesARecord()
    {
        var random = new Random(65535);
        for (var round = 0; round < 40; round++)
        {
            Fits(Event.Changed(Large(random, 3), Large(random, 3)).With("x", Large(random, 2)));
        }
    }

    [Fact]
    public void WhatIsCutIsNamedByAPointerIntoTheRecord()
    {
        var random = new Random(6901);
        for (var round = 0; round < 20; round++)
        {
            var body = _writer.Prepare(Event.Changed(Large(random, 3), null).With("x", Large(random, 3)), Scope).Body;
            var root = JsonNode.Parse(body)!;
            Assert.All(RecordReader.Read(body).Cut, cut => Assert.True(JsonPointer.IsThere(root, cut.Path), cut.Path));
        }
    }

    private static JsonNode? Large(Random random, int levels) => random.Next(levels == 0 ? 2 : 5) switch
    {
        0 => JsonValue.Create(new string((char)random.Next(1, 0x2000), random.Next(1, levels == 0 ? 500 : 20_000))),
        1 => JsonValue.Create(random.NextDouble()),
        2 => new JsonArray([.. Enumerable.Range(0, random.Next(14)).Select(_ => Large(random, levels - 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(14)).Select(index => KeyValuePair.Create($"{index}/{new string('n', random.Next(400))}", Large(random, levels - 1)))),
    };

    private AuditRecord Fits(AuditEvent auditEvent, AuditScope? scope = null)
    {
        var body = _writer.Prepare(auditEvent, scope ?? Scope).Body;
        Assert.InRange(body.Length, 1, RecordLimits.Record);
        Assert.Equal(body, CanonicalJson.Write(body.AsSpan()));
        return RecordReader.Read(body);
    }
}
