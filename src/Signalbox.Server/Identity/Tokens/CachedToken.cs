using Signalbox.Server.Identity.Access;

namespace Signalbox.Server.Identity.Tokens;

/// <summary>A token that is neither unknown nor revoked, as kept in memory.</summary>
internal sealed class CachedToken(Authentication.Known known, long lastUsedAtMs)
{
    private long _lastUsedAtMs = lastUsedAtMs;

    public Authentication.Known Known => known;

    public string Id => known.Caller.Principal.Id;

    /// <summary>Notes a use; true when it has to be written down, which is at most once in <paramref name="everyMs"/>.</summary>
    public bool Use(long nowMs, long everyMs)
    {
        var last = Interlocked.Read(ref _lastUsedAtMs);
        return nowMs - last >= everyMs && Interlocked.CompareExchange(ref _lastUsedAtMs, nowMs, last) == last;
    }
}
