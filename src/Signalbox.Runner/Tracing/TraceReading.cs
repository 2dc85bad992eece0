using System.Globalization;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Tracing;

/// <summary>Makes spans of a run's facts: the run, the agent in it, each message of a model and each call of a tool.</summary>
/// <param name="maxSpans">Of messages and calls; what comes after is counted and left out.</param>
internal sealed class TraceReading(Redactor redactor, int maxSpans = TraceReading.DefaultMaxSpans) : IRunReader
{
    public const int DefaultMaxSpans = 10_000;

    private readonly List<TraceSpan> _spans = [];
    private readonly Dictionary<string, TraceSpan> _chats = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TraceSpan> _tools = new(StringComparer.Ordinal);

    /// <summary>When the agent, or one of its subagents, was last heard of: a model begins to answer after that.</summary>
    private readonly Dictionary<string, DateTimeOffset> _heard = new(StringComparer.Ordinal);

    /// <summary>The last message that had no room, so that its further blocks are not counted as messages of their own.</summary>
    private string? _omittedChat;

    public RunStart? Start { get; private set; }

    /// <summary>In the order of the stream.</summary>
    public IReadOnlyList<TraceSpan> Spans => _spans;

    /// <summary>Messages and calls that had no room.</summary>
    public long Omitted { get; private set; }

    /// <summary>Null when the agent told nothing.</summary>
    public DateTimeOffset? AgentStart { get; private set; }

    public DateTimeOffset AgentEnd { get; private set; }

    public string? SessionId { get; private set; }

    /// <summary>When something was last written down.</summary>
    public DateTimeOffset Latest { get; private set; }

    public void Take(RunFact fact)
    {
        Latest = fact.At > Latest ? fact.At : Latest;
        switch (fact)
        {
            case RunStart start:
                Start = start;
                break;
            case AgentEvent told:
                AgentStart ??= told.At;
                AgentEnd = told.At;
                Take(told);
                break;
        }
    }

    /// <summary>The spans as the body of an OTLP/JSON request.</summary>
    /// <param name="report">Of the same facts.</param>
    /// <param name="names">The version of the name map; see <see cref="TraceNames.Versions"/>.</param>
    /// <exception cref="InvalidOperationException">No start of a run was taken.</exception>
    public byte[] Write(RunReport report, string? names) =>
        new TraceJson(this, Start ?? throw new InvalidOperationException("The spans of a run need its start."), report, TraceNames.Find(names), redactor).Write();

    private void Take(AgentEvent told)
    {
        switch (told)
        {
            case SessionStarted session:
                SessionId = session.SessionId ?? SessionId;
                Heard(null, told.At);
                break;
            case AssistantSpoke spoke:
                Take(spoke);
                break;
            case ToolCalled called:
                if (!_tools.ContainsKey(called.ToolUseId) && Add(new TraceSpan(TraceSpanKind.Tool, called.ToolUseId, called.ParentToolUseId, told.At) { Name = called.Name }) is { } tool)
                {
                    _tools.Add(called.ToolUseId, tool);
                }

                break;
            case ToolReturned returned:
                if (_tools.GetValueOrDefault(returned.ToolUseId) is { End: null } answered)
                {
                    answered.End = told.At;
                    answered.Error = returned.IsError ? "tool_error" : null;
                }

                Heard(returned.ParentToolUseId, told.At);
                break;
            case ResultReported result:
                SessionId = result.SessionId ?? SessionId;
                Heard(null, told.At);
                break;
        }
    }

    private void Take(AssistantSpoke spoke)
    {
        var key = spoke.MessageId ?? string.Create(CultureInfo.InvariantCulture, $"line {spoke.Line}");
        if (!_chats.TryGetValue(key, out var chat) && key != _omittedChat)
        {
            var start = _heard.GetValueOrDefault(spoke.ParentToolUseId ?? string.Empty, spoke.At);
            chat = Add(new TraceSpan(TraceSpanKind.Chat, key, spoke.ParentToolUseId, start));
            if (chat is null)
            {
                _omittedChat = key;
            }
            else
            {
                _chats.Add(key, chat);
            }
        }

        if (chat is not null)
        {
            chat.End = spoke.At;
            chat.Name = spoke.Model ?? chat.Name;
            chat.StopReason = spoke.StopReason ?? chat.StopReason;
            chat.Error = spoke.Error ?? chat.Error;
            chat.Usage = spoke.Usage is { } usage ? usage with { Output = Math.Max(usage.Output, chat.Usage?.Output ?? 0) } : chat.Usage;
        }

        Heard(spoke.ParentToolUseId, spoke.At);
    }

    private void Heard(string? parentToolUseId, DateTimeOffset at)
    {
        var key = parentToolUseId ?? string.Empty;
        if (_heard.Count < maxSpans || _heard.ContainsKey(key))
        {
            _heard[key] = at;
        }
    }

    private TraceSpan? Add(TraceSpan span)
    {
        if (_spans.Count >= maxSpans)
        {
            Omitted++;
            return null;
        }

        _spans.Add(span);
        return span;
    }
}
