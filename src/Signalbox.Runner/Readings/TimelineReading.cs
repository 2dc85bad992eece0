using System.Globalization;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Readings;

/// <summary>Makes the time line of a run: what the agent said and did, what was refused, and what the runner did about it.</summary>
/// <remarks>Each file of facts has a lane of its own, in which order is certain; the lanes are joined by time in the end.</remarks>
internal sealed class TimelineReading : IRunReader
{
    private readonly TimelineTexts _texts;
    private readonly TimelineLane _agent;
    private readonly TimelineLane _runner;
    private readonly TimelineLane _decisions;
    private readonly TimelineLane _samples;
    private readonly Dictionary<string, TimelineLane.Kept> _calls = new(StringComparer.Ordinal);
    private readonly TurnCount _turns = new();
    private string _level = "normal";

    public TimelineReading(RunStart start, Redactor redactor, TimelineBounds bounds)
    {
        _texts = new TimelineTexts(start, redactor, bounds.Detail);
        _agent = new TimelineLane(bounds.First, bounds.Last);
        _runner = new TimelineLane(bounds.Others, 0);
        _decisions = new TimelineLane(bounds.Others, 0);
        _samples = new TimelineLane(bounds.Others, 0);
    }

    public long Omitted => _agent.Omitted + _runner.Omitted + _decisions.Omitted + _samples.Omitted;

    public void Take(RunFact fact)
    {
        switch (fact)
        {
            case AgentEvent told:
                TakeTold(told);
                break;
            case RunnerEvent done:
                _runner.Add(new TimelineEntry { At = done.At, Kind = "runner", Title = _texts.Title(done.Text) }, out _);
                break;
            case PolicyDecided { Allow: false } refused:
                _decisions.Add(EntryOf(refused), out _);
                break;
            case ResourceSample sample when sample.Level != _level:
                _level = sample.Level;
                _samples.Add(EntryOf(sample), out _);
                break;
        }
    }

    /// <param name="denied">Ids of the calls that were refused, by whatever signal.</param>
    public IReadOnlyList<TimelineEntry> Finish(IReadOnlySet<string> denied) =>
    [
        .. _agent.Entries.Select(entry => entry.Kind != "tool" ? entry : entry with { Outcome = entry.ToolUseId is { } id && denied.Contains(id) ? "denied" : entry.Outcome ?? "unanswered" })
            .Concat(_runner.Entries)
            .Concat(_decisions.Entries)
            .Concat(_samples.Entries)
            .OrderBy(static entry => entry.At), // A stable order: lanes stay as they are where times are equal.
    ];

    private void TakeTold(AgentEvent told)
    {
        switch (told)
        {
            case AssistantSpoke spoke:
                TakeSpoken(spoke);
                break;
            case ToolCalled call:
                TakeCall(call);
                break;
            case ToolReturned answer:
                TakeAnswer(answer);
                break;
            default:
                if (EntryOf(told) is { } entry)
                {
                    Keep(entry);
                }

                break;
        }
    }

    private void TakeSpoken(AssistantSpoke spoke)
    {
        var message = _turns.Of(spoke.MessageId, spoke.ParentToolUseId);
        message.Tokens = Math.Max(message.Tokens, spoke.Usage?.Total ?? 0);
        if (spoke.Text is not null || spoke.Error is not null)
        {
            var kept = Keep(new TimelineEntry
            {
                At = spoke.At,
                Line = spoke.Line,
                Kind = spoke.IsThinking ? "thinking" : "text",
                Turn = TurnOf(message),
                Title = spoke.Error is { } error ? _texts.Title($"Error: {error}") : spoke.IsThinking ? "Thinking" : "Text",
                Detail = _texts.Detail(spoke.Text),
                ParentToolUseId = spoke.ParentToolUseId,
            });
            message.Entry ??= kept;
        }

        TellTokens(message);
    }

    private void TakeCall(ToolCalled call)
    {
        var message = _turns.Of(call.MessageId, call.ParentToolUseId);
        var kept = Keep(new TimelineEntry
        {
            At = call.At,
            Line = call.Line,
            Kind = "tool",
            Turn = TurnOf(message),
            Title = _texts.TitleOf(call),
            Detail = _texts.InputOf(call),
            ToolUseId = call.ToolUseId,
            Tool = call.Name,
            ParentToolUseId = call.ParentToolUseId,
        });
        message.Entry ??= kept;
        TellTokens(message);
        if (kept is not null)
        {
            _calls[call.ToolUseId] = kept;
        }
    }

    private void TakeAnswer(ToolReturned answer)
    {
        if (_calls.GetValueOrDefault(answer.ToolUseId) is { } call && call.Entry.Outcome is null)
        {
            call.Entry = call.Entry with { Outcome = answer.IsError ? "failed" : "succeeded", DurationSeconds = OutcomeReading.Seconds(answer.At - call.Entry.At) };
        }
    }

    private static void TellTokens(TurnCount.Message message)
    {
        if (message is { Entry: { } kept, Tokens: > 0 })
        {
            kept.Entry = kept.Entry with { Tokens = message.Tokens };
        }
    }

    private static long? TurnOf(TurnCount.Message message) => message.Turn == 0 ? null : message.Turn;

    private TimelineLane.Kept? Keep(TimelineEntry entry)
    {
        var kept = _agent.Add(entry, out var dropped);
        if (dropped?.Entry.ToolUseId is { } id)
        {
            _calls.Remove(id);
        }

        return kept;
    }

    private TimelineEntry? EntryOf(AgentEvent told) => told switch
    {
        SessionStarted began => Entry(told, "session", began.Model is null ? "Session began" : $"Session began with {began.Model}", string.Join('\n', began.ToolServers)),
        ResultReported result => Entry(told, "result", result.IsError ? $"Result: error ({result.Subtype})" : $"Result: {result.Subtype ?? "success"}", result.Text ?? string.Join('\n', result.Errors)),
        PermissionDenied denied => Entry(told, "denial", $"Refused: {denied.ToolName ?? "a tool"}", denied.Reason ?? denied.ReasonType) with { ToolUseId = denied.ToolUseId, Tool = denied.ToolName },
        AgentNote note => Entry(told, "note", note.Kind, note.Text),
        ConversationReset => Entry(told, "note", "conversation_reset", null),
        BrokenLine broken => Entry(told, "note", "broken_line", broken.Reason),
        _ => null,
    };

    private TimelineEntry Entry(AgentEvent told, string kind, string title, string? detail) =>
        new() { At = told.At, Line = told.Line, Kind = kind, Turn = _turns.Current == 0 ? null : _turns.Current, Title = _texts.Title(title), Detail = _texts.Detail(detail) };

    private TimelineEntry EntryOf(PolicyDecided refused) => new()
    {
        At = refused.At,
        Kind = "denial",
        Title = _texts.Title(refused.Enforced ? $"Refused by policy {refused.PolicyId}" : $"Would be refused by policy {refused.PolicyId}"),
        Detail = _texts.Detail(string.Join('\n', refused.Reasons)),
        ToolUseId = refused.ToolUseId,
    };

    private static TimelineEntry EntryOf(ResourceSample sample) => new()
    {
        At = sample.At,
        Kind = "sample",
        Title = $"Memory is {sample.Level}",
        Detail = string.Create(CultureInfo.InvariantCulture, $"{sample.MemoryBytes} bytes, {sample.MemoryPercent:0.#} % of the limit"),
    };
}
