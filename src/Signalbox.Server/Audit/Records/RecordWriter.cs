using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Signalbox.Server.Audit.Vocabulary;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Redaction;

namespace Signalbox.Server.Audit.Records;

/// <summary>Makes the record of an event, on the thread of whoever records it: redacted first, then compared, then cut to size.</summary>
/// <remarks>Thread-safe. It takes whatever it is given: what has no canonical form is told in its place, and nothing is too large.</remarks>
internal sealed class RecordWriter(TimeProvider clock, ServerRedactor redactor)
{
    private const string GapClass = "gap";

    /// <param name="scope">Who asks, from where; null when nobody does.</param>
    public PreparedRecord Prepare(AuditEvent auditEvent, AuditScope? scope)
    {
        var now = clock.GetUtcNow();
        var id = auditEvent.Id ?? Guid.CreateVersion7(now).ToString();
        var texts = new RecordTexts(redactor.Get());
        var trees = Trees(auditEvent, scope, texts);
        var draft = Draft(auditEvent, scope, texts, id, now);
        return new PreparedRecord(id, auditEvent.Tenant, now.ToUnixTimeMilliseconds(), RecordCutter.Write(draft, trees), Keyed: auditEvent.Id is not null);
    }

    private static RecordTrees Trees(AuditEvent auditEvent, AuditScope? scope, RecordTexts texts)
    {
        if (auditEvent.Before is null && auditEvent.After is null && auditEvent.Data is null && scope?.Loop is null)
        {
            return RecordTrees.None;
        }

        var cuts = new List<RecordCut>();
        var data = texts.Tree(auditEvent.Data, "/data", cuts);
        if (scope?.Loop is { } loop)
        {
            data ??= new JsonObject();
            data["loop"] = loop;
        }

        var before = texts.Tree(auditEvent.Before, "/before", cuts);
        var after = texts.Tree(auditEvent.After, "/after", []);
        return new RecordTrees(before, after, data, cuts);
    }

    private static RecordDraft Draft(AuditEvent auditEvent, AuditScope? scope, RecordTexts texts, string id, DateTimeOffset now)
    {
        var actor = Actor(texts, auditEvent.Actor, "/actor")!;
        var resource = new RecordResource(
            texts.Of("/resource/type", auditEvent.Resource.Type.Name, RecordLimits.Action)!,
            texts.Of("/resource/id", auditEvent.Resource.Id, RecordLimits.Id)!,
            texts.Of("/resource/name", auditEvent.Resource.Name, RecordLimits.Name)!,
            texts.Of("/resource/path", auditEvent.Resource.Path, RecordLimits.Path));
        return new RecordDraft
        {
            Id = id,
            Salt = Salt(),
            Time = now,
            Tenant = auditEvent.Tenant,
            Class = auditEvent.Action.Name == AuditVocabulary.Gap.Name ? GapClass : auditEvent.Class == AuditClass.Mandatory ? "mandatory" : "standard",
            Action = (auditEvent.Reporter is null ? texts.OfHouse("/action", auditEvent.Action.Name, RecordLimits.Action) : texts.Of("/action", auditEvent.Action.Name, RecordLimits.Action))!,
            Outcome = OutcomeText(auditEvent.Outcome),
            Source = (auditEvent.Source is null ? texts.OfHouse("/source", scope?.Source, RecordLimits.Action) : texts.Of("/source", auditEvent.Source, RecordLimits.Action)) ?? "system",
            Actor = actor,
            Resource = resource,
            Message = texts.Of("/message", auditEvent.Message, RecordLimits.Message) ?? Sentence(auditEvent, actor, resource),
            OccurredAt = auditEvent.OccurredAt,
            OnBehalfOf = Actor(texts, auditEvent.ActsFor, "/onBehalfOf"),
            Reporter = Actor(texts, auditEvent.Reporter, "/reporter"),
            PolicyId = texts.Of("/policyId", auditEvent.PolicyId, RecordLimits.Id),
            DecisionId = texts.Of("/decisionId", auditEvent.DecisionId, RecordLimits.Id),
            Reasons = Reasons(texts, auditEvent.Reasons),
            RequestId = auditEvent.RequestId is null ? texts.OfHouse("/requestId", scope?.RequestId, RecordLimits.Id) : texts.Of("/requestId", auditEvent.RequestId, RecordLimits.Id),
            TraceId = auditEvent.TraceId is null ? texts.OfHouse("/traceId", scope?.TraceId, RecordLimits.Id) : texts.Of("/traceId", auditEvent.TraceId, RecordLimits.Id),
            Address = texts.OfHouse("/address", scope?.Address, RecordLimits.Address),
            Peer = texts.OfHouse("/peer", scope?.Peer, RecordLimits.Address),
            AddressChain = texts.Of("/addressChain", scope?.AddressChain, RecordLimits.AddressChain),
            UserAgent = texts.Of("/userAgent", scope?.UserAgent, RecordLimits.Header),
            TextCuts = texts.Cuts,
            Redacted = texts.Erasures(),

        };
    }

    private static AuditActor? Actor(RecordTexts texts, AuditActor? actor, string path) => actor is null
        ? null
        : actor with
        {
            Kind = texts.Of(path, "/kind", actor.Kind, RecordLimits.Action)!,
            Id = texts.Of(path, "/id", actor.Id, RecordLimits.Id)!,
            Name = texts.Of(path, "/name", actor.Name, RecordLimits.Name)!,
            TokenId = texts.Of(path, "/tokenId", actor.TokenId, RecordLimits.Id),
        };

    private static string[] Reasons(RecordTexts texts, IReadOnlyList<string> reasons)
    {
        if (reasons.Count == 0)
        {
            return [];
        }

        var kept = new string[Math.Min(reasons.Count, RecordLimits.Reasons)];
        for (var index = 0; index < kept.Length; index++)
        {
            kept[index] = texts.Of(JsonPointer.Element("/reasons", index), reasons[index], RecordLimits.Reason)!;
        }

        if (reasons.Count > kept.Length)
        {
            kept[^1] = string.Create(CultureInfo.InvariantCulture, $"… and {reasons.Count - kept.Length + 1} more");
        }

        return kept;
    }

    private static string OutcomeText(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Succeeded => "succeeded",
        AuditOutcome.Failed => "failed",
        _ => "denied",
    };

    private static string Sentence(AuditEvent auditEvent, AuditActor actor, RecordResource resource)
    {
        var what = resource.Name.Length == 0 || resource.Name == resource.Id ? $"{resource.Type} {resource.Id}" : $"{resource.Type} {resource.Name} ({resource.Id})";
        return $"Audit: {actor.Name} {Deed(auditEvent)} {what}";
    }

    /// <summary>A verb where the action is done to the thing that it names, as in <c>task.update</c> on a task; otherwise the action itself.</summary>
    private static string Deed(AuditEvent auditEvent)
    {
        var action = auditEvent.Action;
        var isPlain = action.Name.Contains('/', StringComparison.Ordinal) || action.Name.StartsWith(auditEvent.Resource.Type.Name + ".", StringComparison.Ordinal);
        var (verb, past) = (isPlain ? action.Activity : AuditActivity.Other) switch
        {
            AuditActivity.Create => ("create", "created"),
            AuditActivity.Read => ("read", "read"),
            AuditActivity.Update => ("modify", "modified"),
            AuditActivity.Delete => ("delete", "deleted"),
            _ => ($"do {action.Name} on", $"did {action.Name} on"),
        };
        return auditEvent.Outcome switch
        {
            AuditOutcome.Succeeded => past,
            AuditOutcome.Failed => $"failed to {verb}",
            _ => $"was not allowed to {verb}",
        };
    }

    /// <summary>So that nobody finds out what a deleted record said by hashing guesses.</summary>
    private static string Salt()
    {
        Span<byte> salt = stackalloc byte[16];
        RandomNumberGenerator.Fill(salt);
        return Base64Url.EncodeToString(salt);
    }
}
