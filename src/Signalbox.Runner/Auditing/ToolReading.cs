using System.Text.Json;
using Signalbox.Runner.Auditing.Tools;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Policies;
using Signalbox.Runner.Readings.Report;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Auditing;

/// <summary>Brings calls and their answers together, and the four ways in which one is told that a call was refused.</summary>
/// <remarks>
/// What the stream says of a call is settled at one certain line of it. A policy's decision is a fact of another file and may come before or after; where it can change something it is waited for,
/// so that the order between the files does not matter.
/// </remarks>
internal sealed class ToolReading : IRunReader
{
    /// <summary>Calls that are kept; further ones are counted.</summary>
    public const int MaxCalls = 100_000;

    private static readonly JsonElement NoInput = JsonDocument.Parse("{}").RootElement;

    private readonly List<ToolCall> _calls = [];
    private readonly Dictionary<string, ToolCall> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PolicyDecided> _decisions = new(StringComparer.Ordinal);
    private readonly LinkedList<ToolCall> _open = new();
    private readonly AuditOptions _options;
    private readonly Redactor _redactor;
    private readonly Action<ToolCall>? _settled;
    private readonly bool _hasPolicy;
    private string? _session;
    private bool _completed;

    /// <param name="settled">Told of each call once, when nothing can change its end any more.</param>
    public ToolReading(RunStart start, Redactor redactor, Action<ToolCall>? settled = null)
    {
        (_redactor, _settled) = (redactor, settled);
        _options = AuditOptions.Of(start);
        Table = new ToolTable(start, _options);
        _hasPolicy = PolicyOptions.Of(start).IsSet;
    }

    public ToolTable Table { get; }

    public bool HasPolicy => _hasPolicy;

    /// <summary>In the order of the stream.</summary>
    public IReadOnlyList<ToolCall> Calls => _calls;

    /// <summary>Calls that were told of and are not in <see cref="Calls"/>, because there are too many.</summary>
    public long Omitted { get; private set; }

    /// <summary>In ordinal order of the tools' names.</summary>
    public IReadOnlyList<ToolReport> Tools =>
    [
        .. _calls.GroupBy(static call => call.Call.Name, StringComparer.Ordinal).OrderBy(static group => group.Key, StringComparer.Ordinal).Select(group => new ToolReport(
            _redactor.Redact(group.Key),
            group.LongCount(),
            group.LongCount(static call => call.Outcome == ToolOutcome.Failed),
            group.LongCount(static call => call.Outcome == ToolOutcome.Denied),
            Seconds(group))),
    ];

    /// <summary>In the order of the stream; decisions on calls that the stream never told of come last.</summary>
    public IReadOnlyList<DenialReport> Denials =>
    [
        .. _calls.Where(static call => call.IsDeniedByPolicy || call.IsDeniedByStream).Select(Denial),
        .. _decisions.Values.Where(decision => decision is { Allow: false, Enforced: true } && !_byId.ContainsKey(decision.ToolUseId))
            .OrderBy(static decision => decision.ToolUseId, StringComparer.Ordinal)
            .Select(decision => new DenialReport(decision.ToolUseId, null, null, [ToolCall.PolicySignal], Shown(decision.Reasons is [var reason, ..] ? reason : null), Shown(decision.PolicyId))),
    ];

    /// <returns>Null when there is no such call.</returns>
    public ToolCall? Find(string id) => _byId.GetValueOrDefault(id);

    public void Take(RunFact fact)
    {
        switch (fact)
        {
            case SessionStarted session:
                _session = session.SessionId ?? _session;
                if (session.Folder is { Length: > 0 } folder)
                {
                    Table.WorksIn(folder);
                }

                break;
            case ToolCalled call:
                Called(call);
                break;
            case ToolReturned returned:
                Returned(returned);
                break;
            case PermissionDenied denied:
                Denied(denied);
                break;
            case ResultReported result:
                Reported(result);
                break;
            case PolicyDecided decision when _decisions.TryAdd(decision.ToolUseId, decision):
                if (_byId.TryGetValue(decision.ToolUseId, out var decided))
                {
                    decided.Decision = decision;
                    Settle(decided);
                }

                break;
        }
    }

    /// <summary>There are no further facts: whatever is open is settled as it is.</summary>
    public void Complete()
    {
        _completed = true;
        foreach (var call in _open.ToList())
        {
            call.End(call.IsDeniedByStream ? ToolOutcome.Denied : ToolOutcome.Failed, call.IsDeniedByStream ? call.DenialReason : call.Returned is null ? "no result" : FailureOf(call));
            Settle(call);
        }
    }

    private static double Seconds(IEnumerable<ToolCall> calls) =>
        calls.Sum(static call => call.Returned is { } returned ? Math.Max(0, (returned.At - call.Call.At).Ticks / TimeSpan.TicksPerMillisecond) : 0) / 1000.0;

    private static string? FailureOf(ToolCall call) => call.Returned?.Text is { } text ? Begin(text) : null;

    /// <summary>The first lines of an answer: what went wrong stands there.</summary>
    private static string Begin(string text)
    {
        const int MaxLength = 300;
        var trimmed = text.AsSpan().Trim();
        var length = trimmed.Length <= MaxLength ? trimmed.Length : char.IsHighSurrogate(trimmed[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return string.Concat(trimmed[..length], length < trimmed.Length ? "…" : string.Empty);
    }

    private string? Shown(string? text) => text is null ? null : _redactor.Redact(text);

    private DenialReport Denial(ToolCall call) => new(
        call.Id,
        Shown(call.Call.Name),
        Shown(string.Join(", ", call.Refused.Select(static target => target.Resource))),
        [.. new[] { ToolCall.PermissionSignal, ToolCall.ResultSignal, ToolCall.PolicySignal, ToolCall.AnswerSignal }.Where(call.Has)],
        Shown(call.IsDeniedByPolicy ? (call.Decision!.Reasons is [var reason, ..] ? reason : call.DenialReason) : call.DenialReason),
        call.IsDeniedByPolicy ? Shown(call.Decision!.PolicyId) : null);

    private void Called(ToolCalled call)
    {
        if (call.ToolUseId.Length > 0 && _byId.TryGetValue(call.ToolUseId, out var known))
        {
            // Agents repeat a message with each of its blocks; a denial may have told of the call before.
            if (known is { IsMadeUp: true, Streamed: ToolOutcome.Open })
            {
                (known.Call, known.IsMadeUp) = (call, false);
                Aim(known);
            }

            return;
        }

        Add(call, isMadeUp: false);
    }

    private ToolCall? Add(ToolCalled call, bool isMadeUp)
    {
        if (_calls.Count >= MaxCalls)
        {
            Omitted++;
            return null;
        }

        var added = new ToolCall(call, _calls.Count) { SessionId = _session, IsMadeUp = isMadeUp, HasNoPolicy = !_hasPolicy };
        Aim(added);
        _calls.Add(added);
        _open.AddLast(added);
        if (added.Id is { } id)
        {
            _byId[id] = added;
            added.Decision = _decisions.GetValueOrDefault(id);
        }

        return added;
    }

    private void Aim(ToolCall call)
    {
        call.Writes = Table.Writes(call.Call);
        call.Refused = Table.Refused(call.Call, call.Writes);
    }

    private void Returned(ToolReturned returned)
    {
        if (!_byId.TryGetValue(returned.ToolUseId, out var call) || call.Returned is not null)
        {
            return;
        }

        call.Returned = returned;
        if (returned.IsError && DenialTexts.Tell(returned.Text, _options.DenialTexts))
        {
            call.Deny(ToolCall.AnswerSignal, FailureOf(call));
        }

        if (call.IsDeniedByStream)
        {
            call.End(ToolOutcome.Denied, call.DenialReason);
        }
        else if (!returned.IsError)
        {
            call.End(ToolOutcome.Succeeded, null);
        }

        Settle(call);
    }

    private void Denied(PermissionDenied denied)
    {
        var call = Match(denied.ToolUseId, denied.ToolName, denied.Input, ToolCall.PermissionSignal) ?? Add(MadeUp(denied, denied.ToolUseId, denied.ToolName, denied.Input), isMadeUp: true);
        call?.Deny(ToolCall.PermissionSignal, denied.Reason ?? denied.ReasonType);
        if (call?.Returned is not null)
        {
            call.End(ToolOutcome.Denied, call.DenialReason);
            Settle(call);
        }
    }

    private void Reported(ResultReported result)
    {
        foreach (var denial in result.Denials)
        {
            var call = Match(denial.ToolUseId, denial.ToolName, denial.Input, ToolCall.ResultSignal) ?? Add(MadeUp(result, denial.ToolUseId, denial.ToolName, denial.Input), isMadeUp: true);
            call?.Deny(ToolCall.ResultSignal, null);
        }

        foreach (var call in _open.ToList())
        {
            if (call.IsDeniedByStream)
            {
                call.End(ToolOutcome.Denied, call.DenialReason);
            }
            else if (call.Returned is not null)
            {
                call.End(ToolOutcome.Failed, FailureOf(call));
            }

            Settle(call);
        }
    }

    private static ToolCalled MadeUp(AgentEvent told, string? id, string? name, JsonElement? input) =>
        new() { At = told.At, Line = told.Line, ToolUseId = id ?? string.Empty, Name = name ?? "unknown", Input = input ?? NoInput };

    /// <summary>The call with that id; without an id the only one of that tool and input that may have been refused and of which this source has not told yet.</summary>
    private ToolCall? Match(string? id, string? name, JsonElement? input, string signal)
    {
        if (id is { Length: > 0 })
        {
            return _byId.GetValueOrDefault(id);
        }

        ToolCall? match = null;
        foreach (var call in _calls)
        {
            if (call.Call.Name != name || call.Has(signal) || call.Returned is { IsError: false } || (input is { } given && !JsonElement.DeepEquals(given, call.Call.Input)))
            {
                continue;
            }

            if (match is not null)
            {
                return null;
            }

            match = call;
        }

        return match;
    }

    private void Settle(ToolCall call)
    {
        if (call.IsSettled || call.Streamed == ToolOutcome.Open || !IsDecisionKnown(call))
        {
            return;
        }

        call.IsSettled = true;
        _open.Remove(call);
        _settled?.Invoke(call);
        call.Forget(NoInput);
    }

    /// <summary>Whether a decision is there, or none will come, or none that comes could change anything.</summary>
    private bool IsDecisionKnown(ToolCall call) => call.Decision is not null || _completed || call.Id is null || (!_hasPolicy && call.Streamed == ToolOutcome.Succeeded);
}
