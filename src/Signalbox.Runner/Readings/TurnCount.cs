namespace Signalbox.Runner.Readings;

/// <summary>Numbers the turns of an agent: each of its own messages is one, however many lines it takes; a subagent's messages belong to the turn that it works in.</summary>
internal sealed class TurnCount
{
    /// <summary>A message's lines stand close together; older messages need not be remembered.</summary>
    private const int Remembered = 1_024;

    private readonly Dictionary<string, Message> _messages = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>The one that goes on; 0 before the first.</summary>
    public long Current { get; private set; }

    /// <param name="id">Null: a message of its own.</param>
    /// <param name="parent">The call whose subagent speaks; null for the agent itself.</param>
    public Message Of(string? id, string? parent)
    {
        if (id is not null && _messages.TryGetValue(id, out var known))
        {
            return known;
        }

        var message = new Message { Turn = parent is null ? ++Current : Current };
        if (id is null)
        {
            return message;
        }

        _messages.Add(id, message);
        _order.Enqueue(id);
        if (_order.Count > Remembered)
        {
            _messages.Remove(_order.Dequeue());
        }

        return message;
    }

    /// <summary>A message of a model.</summary>
    internal sealed class Message
    {
        public required long Turn { get; init; }

        /// <summary>The entry that tells of its tokens: its first one.</summary>
        public TimelineLane.Kept? Entry { get; set; }

        /// <summary>Of all kinds; the largest account counts, since it grows.</summary>
        public long Tokens { get; set; }
    }
}
