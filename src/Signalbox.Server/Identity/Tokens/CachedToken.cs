using Signalbox.Server.Identity.Access;

namespace Signalbox.Server.Identity.Tokens;

/// <summary>A token that is neither unknown nor revoked, as kept in memory.</summary>
/// <param name="readAt">Timestamp of the clock just before it was read from the database.</param>
internal sealed class CachedToken(Authentication.Known known, long lastUsedAtMs, long readAt)
{
    private long _lastUsedAtMs = lastUsedAtMs;
    private int _rereading;

    /// <summary>When it was read from the database; a time of the clock's own scale.</summary>
    public long ReadAt => readAt;

    public long LastUsedAtMs => Interlocked.Read(ref _lastUsedAtMs);

    public Authentication.Known Known => known;

    public string Id => known.Caller.Principal.Id;

    /// <summary>True for the first who asks: one request reads it again while the others go on with what is known.</summary>
    public bool TryReread() => Interlocked.Exchange(ref _rereading, 1) == 0;

    /// <summary>Notes a use; true when it has to be written down, which is at most once in <paramref name="everyMs"/>.</summary>
    public bool Use(long nowMs, long everyMs)
    {
        var last = Interlocked.Read(ref _lastUsedAtMs);
        return nowMs - last >= everyMs && Interlocked.CompareExchange(ref _lastUsedAtMs, nowMs, last) == last;
    }
}
