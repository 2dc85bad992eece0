using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Json.Nodes;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Search;

namespace Signalbox.Audit.Tests.Search;

/// <summary>A made-up event, and whether a query is about it, found out the plain way.</summary>
internal sealed partial record RandomRecord
{
    private static readonly string[] Names = ["ann", "bob", "carol-anne", "dave_x", "Eve Adams", "Å"];
    private static readonly string[] Actions = ["job.create", "job.update", "token.delete", "order.cancel"];
    private static readonly string[] Types = ["job", "token", "order"];
    private static readonly string[] Outcomes = ["succeeded", "succeeded", "succeeded", "succeeded", "succeeded", "failed", "denied"];
    private static readonly string[] Words = ["nightly", "backup", "nightly-backup", "Restore", "eu.west", "x1", "blue", "42", "\"quoted\"", "tab\there"];

    public required string Id { get; init; }

    public required long TimeMs { get; init; }

    public required string ActorId { get; init; }

    public required string ActorName { get; init; }

    public string? OnBehalfOf { get; init; }

    public required string Action { get; init; }

    public required string Type { get; init; }

    public required string ResourceId { get; init; }

    public required string ResourceName { get; init; }

    public required string Outcome { get; init; }

    public string? Address { get; init; }

    public string? Trace { get; init; }

    public required string Message { get; init; }

    public string? Value { get; init; }

    public long Sequence { get; init; } = -1;

    public PreparedRecord Prepared => new(Id, "acme", TimeMs, Encoding.UTF8.GetBytes(Json().ToJsonString()));

    public static RandomRecord Make(Random random, long timeMs)
    {
        var actor = random.Next(Names.Length);
        var job = random.Next(40);
        return new RandomRecord
        {
            Id = new Guid(random.Next(), (short)random.Next(short.MaxValue), 0x7000, 0x80, 1, 2, 3, 4, 5, 6, 7).ToString(),
            TimeMs = timeMs,
            ActorId = string.Create(CultureInfo.InvariantCulture, $"u-{actor}"),
            ActorName = Names[actor],
            OnBehalfOf = random.Next(10) == 0 ? Names[random.Next(Names.Length)] : null,
            Action = Actions[random.Next(Actions.Length)],
            Type = Types[random.Next(Types.Length)],
            ResourceId = string.Create(CultureInfo.InvariantCulture, $"r-{job}"),
            ResourceName = Some(random, 2),
            Outcome = Outcomes[random.Next(Outcomes.Length)],
            Address = random.Next(3) == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"10.0.0.{random.Next(20)}"),
            Trace = random.Next(2) == 0 ? null : random.NextInt64().ToString("x32", CultureInfo.InvariantCulture),
            Message = Some(random, 4),
            Value = random.Next(3) == 0 ? Some(random, 1) : null,
        };
    }

    public static EventQuery Query(Random random, IReadOnlyList<RandomRecord> records)
    {
        var sample = records.Count > 0 ? records[random.Next(records.Count)] : Make(random, 0);
        var other = records.Count > 0 ? records[random.Next(records.Count)] : sample;
        bool Often() => random.Next(4) == 0;
        return new EventQuery
        {
            From = Often() ? DateTimeOffset.FromUnixTimeMilliseconds(sample.TimeMs) : null,
            To = Often() ? DateTimeOffset.FromUnixTimeMilliseconds(other.TimeMs).AddTicks(random.Next(3)) : null,
            Actors = Often() ? [sample.ActorId, other.ActorName, "nobody"] : [],
            OnBehalfOf = random.Next(12) == 0 ? [other.OnBehalfOf ?? "ann"] : [],
            Actions = Often() ? [sample.Action] : [],
            ResourceTypes = Often() ? [sample.Type, other.Type] : [],
            ResourceIds = Often() ? [sample.ResourceId, other.ResourceId] : [],
            Outcomes = Often() ? [sample.Outcome] : [],
            Addresses = Often() ? [sample.Address ?? "10.0.0.1"] : [],
            Traces = random.Next(8) == 0 ? [sample.Trace ?? "none"] : [],
            Ids = random.Next(12) == 0 ? [sample.Id, other.Id] : [],
            Text = Often() ? random.Next(6) switch { 0 => sample.Id, 1 => sample.Trace ?? "x1", _ => Some(random, 2) } : null,
            OldestFirst = random.Next(2) == 0,
        };
    }

    public bool Matches(EventQuery query)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(TimeMs);
        return (query.From is null || at >= query.From) && (query.To is null || at < query.To)
            && Any(query.Actors, ActorId, ActorName) && Any(query.OnBehalfOf, OnBehalfOf) && Any(query.Actions, Action) && Any(query.ResourceTypes, Type)
            && Any(query.ResourceIds, ResourceId) && Any(query.Outcomes, Outcome) && Any(query.Addresses, Address) && Any(query.Traces, Trace) && Any(query.Ids, Id)
            && (query.Text is null || query.Text.Split([' ', '\t']).All(token => token == Id || token == Trace || WordsOf(token).IsSubsetOf(AllWords())));
    }

    private static bool Any(IReadOnlyList<string> wanted, params string?[] there) => wanted.Count == 0 || there.Any(value => value is not null && wanted.Contains(value));

    private HashSet<string> AllWords() => WordsOf(string.Join(' ', ActorId, ActorName, OnBehalfOf, ResourceId, ResourceName, Message, Value is null ? null : "spec " + Value));

    private static HashSet<string> WordsOf(string text) => [.. Word().Matches(text).Select(static match => match.Value.ToLowerInvariant())];

    private static string Some(Random random, int most) => string.Join(' ', Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => Words[random.Next(Words.Length)]));

    private JsonObject Json()
    {
        var json = new JsonObject { ["action"] = Action, ["actor"] = new JsonObject { ["id"] = ActorId, ["kind"] = "user", ["name"] = ActorName } };
        Add(json, "address", Address);
        json["class"] = "standard";
        if (Value is not null)
        {
            json["diff"] = new JsonArray(new JsonObject { ["op"] = "add", ["path"] = "/spec", ["value"] = Value });
        }

        json["id"] = Id;
        json["message"] = Message;
        if (OnBehalfOf is not null)
        {
            json["onBehalfOf"] = new JsonObject { ["id"] = OnBehalfOf, ["kind"] = "user", ["name"] = OnBehalfOf };
        }

        json["outcome"] = Outcome;
        json["resource"] = new JsonObject { ["id"] = ResourceId, ["name"] = ResourceName, ["type"] = Type };
        Add(json, "traceId", Trace);
        return json;
    }

    private static void Add(JsonObject json, string name, string? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
