using System.Collections.Concurrent;

namespace Signalbox.Server.Platform;

/// <summary>Knows whether the server can serve: each part that needs time says when it waits and when it is done.</summary>
internal sealed class Readiness
{
    private readonly ConcurrentDictionary<string, byte> _waiting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _notes = new(StringComparer.Ordinal);

    /// <summary>What is being waited for, or null when the server is ready.</summary>
    public string? Missing => _waiting.IsEmpty ? null : string.Join(", ", _waiting.Keys.Order(StringComparer.Ordinal));

    /// <summary>What an operator should know although the server is ready; null when there is nothing.</summary>
    public string? Notes => _notes.IsEmpty ? null : string.Join(", ", _notes.OrderBy(static note => note.Key, StringComparer.Ordinal).Select(static note => note.Value));

    public void Wait(string part) => _waiting[part] = 0;

    public void Done(string part) => _waiting.TryRemove(part, out _);

    /// <param name="note">Replaces the part's earlier one; null takes it back. It is read without a token, so it names nobody and nothing.</param>
    public void Note(string part, string? note)
    {
        if (note is null)
        {
            _notes.TryRemove(part, out _);
        }
        else
        {
            _notes[part] = note;
        }
    }
}
