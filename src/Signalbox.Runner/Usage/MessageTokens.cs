using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Usage;

/// <summary>Keeps to one count for each message, however often its account is repeated: of each message the last one counts, and of output the largest.</summary>
internal sealed class MessageTokens
{
    /// <summary>Messages that are remembered; repetitions follow close behind, so a message that old comes no more.</summary>
    private const int MaxMessages = 2_048;

    private const string MadeUpModel = "<synthetic>";

    private readonly Dictionary<string, Entry> _messages = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Each counted once; those without an id whenever they come.</summary>
    public long Messages { get; private set; }

    /// <summary>Messages of the agent itself, not of its subagents.</summary>
    public long Turns { get; private set; }

    /// <summary>Messages that read from a cache.</summary>
    public long CacheHits { get; private set; }

    /// <summary>What the message adds to what was counted: its model and the tokens that are new.</summary>
    /// <param name="sessionModel">Used where the message names none.</param>
    public (string Model, TokenCounts New) Take(AssistantSpoke spoke, string? sessionModel)
    {
        if (spoke.Model == MadeUpModel)
        {
            // The agent speaks for itself here, as of an error before any model was asked.
            return (MadeUpModel, ModelTokens.None);
        }

        if (spoke.MessageId is null)
        {
            return TakeUnnamed(spoke, sessionModel);
        }

        if (!_messages.TryGetValue(spoke.MessageId, out var entry))
        {
            entry = Remember(spoke.MessageId, ModelTokens.NameOf(spoke.Model ?? sessionModel));
            Messages++;
            Turns += spoke.ParentToolUseId is null ? 1 : 0;
        }

        if (spoke.Usage is not { } usage)
        {
            return (entry.Model, ModelTokens.None);
        }

        var before = entry.Tokens;
        entry.Tokens = usage with { Output = Math.Max(before.Output, usage.Output) };
        CacheHits += (entry.Tokens.CacheRead > 0 ? 1 : 0) - (before.CacheRead > 0 ? 1 : 0);
        return (entry.Model, ModelTokens.Subtract(entry.Tokens, before));
    }

    private (string Model, TokenCounts New) TakeUnnamed(AssistantSpoke spoke, string? sessionModel)
    {
        if (spoke.Usage is not null || (spoke.Text is not null && !spoke.IsThinking))
        {
            Messages++;
            Turns += spoke.ParentToolUseId is null ? 1 : 0;
        }

        CacheHits += spoke.Usage is { CacheRead: > 0 } ? 1 : 0;
        return (ModelTokens.NameOf(spoke.Model ?? sessionModel), spoke.Usage ?? ModelTokens.None);
    }

    private Entry Remember(string id, string model)
    {
        if (_order.Count >= MaxMessages)
        {
            _messages.Remove(_order.Dequeue());
        }

        var entry = new Entry(model);
        _messages.Add(id, entry);
        _order.Enqueue(id);
        return entry;
    }

    private sealed class Entry(string model)
    {
        public string Model { get; } = model;

        public TokenCounts Tokens { get; set; } = ModelTokens.None;
    }
}
