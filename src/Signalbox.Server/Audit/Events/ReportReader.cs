using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Audit.Events;

/// <summary>Turns a report into events, or says what of it is wrong.</summary>
internal sealed partial class ReportReader(ReportVocabulary vocabulary, TimeProvider clock)
{
    /// <summary>Events of one report.</summary>
    public const int MostEvents = 1000;

    /// <summary>How far a reporter's clock may be ahead.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromHours(1);

    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="reporter">Who reports; also who did it, where a report does not say.</param>
    public Outcome<IReadOnlyList<AuditEvent>> Read(JsonElement report, string tenant, AuditActor reporter)
    {
        var errors = new ReportErrors();
        if (report.ValueKind != JsonValueKind.Object || !report.TryGetProperty("events", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > MostEvents)
        {
            return Refusal.Invalid("events", string.Create(CultureInfo.InvariantCulture, $"events must be a list of 1 to {MostEvents} events."));
        }

        foreach (var member in report.EnumerateObject().Where(static member => member.Name != "events"))
        {
            errors.Add(member.Name, "There is no such member here.");
        }

        var events = new List<AuditEvent>(list.GetArrayLength());
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"events[{index++}]");
            if (item.ValueKind != JsonValueKind.Object)
            {
                errors.Add(path, "An event is an object.");
            }
            else if (ReadEvent(new ReportMembers(item, path, errors), tenant, reporter) is { } auditEvent)
            {
                events.Add(auditEvent);
                if (auditEvent.Id is { } id && !places.TryAdd(id, path))
                {
                    errors.Add($"{path}.id", $"This is the id of {places[id]}, too.");
                }
            }
        }

        return errors.Any ? errors.ToRefusal() : events;
    }

    /// <returns>Null when anything that it needs is wrong; the errors tell.</returns>
    private AuditEvent? ReadEvent(ReportMembers members, string tenant, AuditActor reporter)
    {
        var id = IdOf(members);
        var action = ActionOf(members);
        var resource = ResourceOf(members);
        var actor = ActorOf(members, "actor") ?? reporter;
        var outcome = OutcomeOf(members);
        var data = DataOf(members);
        var before = NodeOf(members, "before");
        var after = NodeOf(members, "after");
        var rest = new AuditEvent(tenant, actor, action ?? ReportVocabulary.Unknown, resource ?? ReportVocabulary.Nothing)
        {
            Id = id,
            Reporter = reporter,
            ActsFor = ActorOf(members, "onBehalfOf"),
            Outcome = outcome,
            OccurredAt = members.Instant("occurredAt", Earliest, clock.GetUtcNow() + MostAhead),
            PolicyId = members.Text("policyId", ReportLimits.Id),
            DecisionId = members.Text("decisionId", ReportLimits.Id),
            Reasons = members.Texts("reasons", ReportLimits.Reason, ReportLimits.Reasons),
            RequestId = members.Text("requestId", ReportLimits.Id),
            TraceId = TraceOf(members),
            Source = SourceOf(members),
            Message = members.Text("message", ReportLimits.Message),
            Before = before,
            After = after,
            Data = data,
        };
        members.Finish();
        return action is null || resource is null ? null : rest;
    }

    private static string? IdOf(ReportMembers members)
    {
        if (members.RequiredText("id", 64) is not { } text)
        {
            return null;
        }

        if (Guid.TryParseExact(text, "D", out var id))
        {
            return id.ToString("D");
        }

        members.Fail("id", "This must be a UUID such as 0193a1b2-7c4d-7e5f-8a9b-0c1d2e3f4a5b.");
        return null;
    }

    private AuditAction? ActionOf(ReportMembers members)
    {
        if (members.RequiredText("action", ReportLimits.Word) is not { } name)
        {
            return null;
        }

        if (vocabulary.Refuse(name, out var action) is { } why)
        {
            members.Fail("action", why);
        }

        return action;
    }

    private AuditResource? ResourceOf(ReportMembers members)
    {
        if (members.Object("resource") is not { } resource)
        {
            members.Fail("resource", "This is missing: an object with type and id.");
            return null;
        }

        var name = resource.RequiredText("type", ReportLimits.Word);
        var id = resource.RequiredText("id", ReportLimits.Id);
        var shown = resource.Text("name", ReportLimits.Name);
        var path = resource.Text("path", ReportLimits.Path);
        resource.Finish();
        if (name is null || id is null)
        {
            return null;
        }

        if (vocabulary.TryFindType(name, out var type))
        {
            return new AuditResource(type, id, shown ?? id, path);
        }

        resource.Fail("type", $"'{name}' is no resource type that this log knows. GET /api/v1/audit/vocabulary lists them; the setting audit.resource_types adds others, and app/{name} is taken as it is.");
        return null;
    }

    private static AuditActor? ActorOf(ReportMembers members, string name)
    {
        if (members.Object(name) is not { } actor)
        {
            return null;
        }

        var kind = actor.RequiredText("kind", ReportLimits.Word);
        var id = actor.RequiredText("id", ReportLimits.Id);
        var shown = actor.Text("name", ReportLimits.Name);
        actor.Finish();
        if (kind is not null && !EntryWords.ActorKinds.Contains(kind, StringComparer.Ordinal))
        {
            actor.Fail("kind", $"'{kind}' is not one of {string.Join(", ", EntryWords.ActorKinds)}.");
        }

        if (kind == AuditActor.System.Kind && id == AuditActor.System.Id)
        {
            actor.Fail("id", "This is Signalbox itself, which records what it does, and takes nobody's word for it.");
        }

        return kind is null || id is null ? null : new AuditActor(kind, id, shown ?? id);
    }

    private static AuditOutcome OutcomeOf(ReportMembers members)
    {
        if (members.Text("outcome", ReportLimits.Word) is not { } text)
        {
            return AuditOutcome.Succeeded;
        }

        if (!EntryWords.TryParse(text, out var outcome))
        {
            members.Fail("outcome", $"'{text}' is not one of {string.Join(", ", EntryWords.Outcomes)}.");
        }

        return outcome;
    }

    private static string? TraceOf(ReportMembers members)
    {
        if (members.Text("traceId", 64) is not { } text)
        {
            return null;
        }

        if (TraceId().IsMatch(text) && text.Any(static digit => digit != '0'))
        {
            return text.ToLowerInvariant();
        }

        members.Fail("traceId", "This must be 32 hexadecimal digits that are not all zero.");
        return null;
    }

    private static string SourceOf(ReportMembers members)
    {
        if (members.Text("source", ReportLimits.Word) is not { } text)
        {
            return "api";
        }

        if (!Word().IsMatch(text))
        {
            members.Fail("source", "This must begin with a letter and hold letters, digits and . _ - alone.");
        }

        return text;
    }

    private static JsonObject? DataOf(ReportMembers members)
    {
        if (members.Value("data") is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return JsonObject.Create(value.Clone());
        }

        members.Fail("data", "This must be an object.");
        return null;
    }

    private static JsonNode? NodeOf(ReportMembers members, string name) => members.Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => JsonObject.Create(value.Clone()),
        { ValueKind: JsonValueKind.Array } value => JsonArray.Create(value.Clone()),
        { } value => JsonValue.Create(value.Clone()),
    };

    [GeneratedRegex("^[0-9A-Fa-f]{32}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TraceId();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9._\-]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
