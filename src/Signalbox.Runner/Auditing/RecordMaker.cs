using System.Globalization;
using Signalbox.Runner.Auditing.Tools;
using Signalbox.Runner.Facts;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Auditing;

/// <summary>Makes the records of one run.</summary>
internal sealed class RecordMaker
{
    private const int MaxReasons = 16;

    private readonly RunStart _start;
    private readonly Redactor _redactor;
    private readonly AuditRecord _template;

    public RecordMaker(RunStart start, Redactor redactor)
    {
        (_start, _redactor) = (start, redactor);
        var actor = start.Ci.Actor;
        _template = new AuditRecord
        {
            Id = string.Empty,
            At = start.At,
            TraceId = start.TraceId,
            SpanId = start.SpanId,
            Actor = Shown(actor?.Id is { Length: > 0 } id ? id : "unknown"),
            ActorName = actor?.Name is { } name && name != actor.Id ? Shown(name) : null,
            Agent = start.Agent is null ? null : Shown(start.Agent),
            Action = ToolTarget.EditFile,
            Resource = string.Empty,
            ResourceType = "file",
            PolicyId = AuditRecord.NoPolicy,
            Outcome = AuditRecord.Succeeded,
            Attributed = true,
            RunId = start.RunId,
            Platform = start.Ci.Platform,
            Repository = start.Ci.Repository is null ? null : Shown(start.Ci.Repository),
            Commit = start.Ci.Commit,
            Branch = start.Ci.Branch is null ? null : Shown(start.Ci.Branch),
        };
    }

    public string Shown(string text) => _redactor.Redact(text);

    public AuditRecord OfCall(ToolCall call, ToolTarget target, int ordinal)
    {
        var size = target.IsEdit && call.Outcome == ToolOutcome.Succeeded ? EditSize.Of(call.Call, call.Answer) : default;
        return _template with
        {
            Id = AuditIds.Of(_start.RunId, call.Id ?? string.Create(CultureInfo.InvariantCulture, $"call {call.Index}"), ordinal),
            At = call.EndedAt,
            Action = target.Action,
            Resource = Shown(target.Resource),
            ResourceType = target.ResourceType,
            PolicyId = call.Decision is null || IsIgnored(call) ? AuditRecord.NoPolicy : Shown(call.Decision.PolicyId),
            DecisionId = IsIgnored(call) ? null : call.Decision?.DecisionId,
            Bundles = IsIgnored(call) || call.Decision is null ? [] : [.. call.Decision.Bundles.Take(MaxReasons).Select(Shown)],
            Outcome = call.Outcome switch { ToolOutcome.Succeeded => AuditRecord.Succeeded, ToolOutcome.Denied => AuditRecord.Denied, _ => AuditRecord.Failed },
            Reasons = [.. Reasons(call, target).Where(static reason => reason.Length > 0).Distinct(StringComparer.Ordinal).Take(MaxReasons).Select(Shown)],
            Tool = Shown(call.Call.Name),
            ToolUseId = call.Id is null ? null : Shown(call.Id),
            SessionId = call.SessionId,
            LinesAdded = size.LinesAdded,
            LinesRemoved = size.LinesRemoved,
            Bytes = size.Bytes,
        };
    }

    public AuditRecord OfChange(UnattributedWrite write) => _template with
    {
        Id = AuditIds.Of(_start.RunId, "file " + write.Change.Path, 0),
        At = write.At,
        Resource = Shown(write.Change.Path),
        Reasons = [write.HasEdits ? $"The file was {write.Change.Kind} and is not as the editing tools left it that wrote to it." : $"The file was {write.Change.Kind} and no event of an editing tool tells of it."],
        Tool = write.Tool is null ? null : Shown(write.Tool),
        LinesAdded = write.Change.LinesAdded,
        LinesRemoved = write.Change.LinesRemoved,
        Bytes = write.Change.Bytes,
        Attributed = false,
        Candidates = [.. write.Candidates.Select(Shown)],
    };

    /// <summary>Without a policy a call that was done waits for no decision, so none that came by chance may show.</summary>
    private static bool IsIgnored(ToolCall call) => call.HasNoPolicy && call.Outcome == ToolOutcome.Succeeded;

    private static IEnumerable<string> Reasons(ToolCall call, ToolTarget target)
    {
        if (call.Decision is { } decision && !IsIgnored(call))
        {
            foreach (var reason in decision.Reasons)
            {
                yield return reason;
            }

            if (decision.Failure is { } failure)
            {
                yield return failure;
            }

            if (decision is { Allow: false, Enforced: false })
            {
                yield return "The policy denies this, and the decision was only recorded.";
            }
        }
        else if (call.Decision is null && !call.HasNoPolicy)
        {
            yield return "The policy was not asked.";
        }

        if (call.Outcome != ToolOutcome.Succeeded && call.StreamedReason is { } told)
        {
            yield return told;
        }

        if (call is { Outcome: ToolOutcome.Denied, Streamed: ToolOutcome.Succeeded })
        {
            yield return "The tool answered that it was done all the same.";
        }

        if (target.Note is { } note)
        {
            yield return note;
        }
    }
}
