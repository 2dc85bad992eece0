using System.Globalization;
using System.Text.Json.Nodes;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Platform.Audit;

namespace Signalbox.Audit.Bench.Writing;

/// <summary>Makes events as an application of some size would: 200 actors, 20,000 resources, 30 actions, a trace id of its own for each, and a change of a member or two.</summary>
internal sealed class EventMaker(RecordWriter writer)
{
    private static readonly AuditAction[] Actions =
        [.. Enumerable.Range(0, 30).Select(static index => new AuditAction(string.Create(CultureInfo.InvariantCulture, $"bench{index % 6}.action{index}"), AuditClass.Standard, AuditActivity.Update, "Did something"))];

    private static readonly AuditResourceType[] Types = [.. Enumerable.Range(0, 6).Select(static index => new AuditResourceType(string.Create(CultureInfo.InvariantCulture, $"bench{index}"), "Something"))];

    private readonly Random _random = new(4);

    public AuditEvent Event()
    {
        var action = _random.Next(Actions.Length);
        var actor = _random.Next(200);
        var resource = _random.Next(20_000);
        return new AuditEvent(
            "acme",
            new AuditActor(AuditActor.User, string.Create(CultureInfo.InvariantCulture, $"user-{actor:0000}"), string.Create(CultureInfo.InvariantCulture, $"person{actor}@example.com")),
            Actions[action],
            new AuditResource(Types[action % Types.Length], string.Create(CultureInfo.InvariantCulture, $"resource-{resource:00000}"), string.Create(CultureInfo.InvariantCulture, $"The resource {resource}")))
            .With("version", resource + action);
    }

    public AuditScope Scope()
    {
        Span<byte> trace = stackalloc byte[16];
        _random.NextBytes(trace);
        return new AuditScope
        {
            Source = "api",
            RequestId = Convert.ToHexStringLower(trace[..8]),
            TraceId = Convert.ToHexStringLower(trace),
            Address = string.Create(CultureInfo.InvariantCulture, $"203.0.113.{_random.Next(256)}"),
            Peer = "10.0.0.7",
            UserAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36",
        };
    }

    public PreparedRecord Record() => writer.Prepare(Event().Changed(new JsonObject { ["state"] = "draft", ["owner"] = "nobody" }, new JsonObject { ["state"] = "released", ["owner"] = "nobody" }), Scope());

    public PreparedRecord[] Records(int count)
    {
        var records = new PreparedRecord[count];
        for (var index = 0; index < count; index++)
        {
            records[index] = Record();
        }

        return records;
    }
}
