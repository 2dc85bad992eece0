using System.Collections.Concurrent;

namespace Signalbox.Server.Platform;

/// <summary>Knows whether the server can serve: each part that needs time says when it waits and when it is done.</summary>
internal sealed class Readiness
{
    private readonly ConcurrentDictionary<string, byte> _waiting = new(StringComparer.Ordinal);

    /// <summary>What is being waited for, or null when the server is ready.</summary>
    public string? Missing => _waiting.IsEmpty ? null : string.Join(", ", _waiting.Keys.Order(StringComparer.Ordinal));

    public void Wait(string part) => _waiting[part] = 0;

    public void Done(string part) => _waiting.TryRemove(part, out _);
}
