using System.Collections.Concurrent;
using Signalbox.Server.Identity.Access;

namespace Signalbox.Server.Identity.Tokens;

/// <summary>Keeps tokens in memory, so that a request with a token costs no look-up in the database.</summary>
/// <remarks>
/// A revocation removes the token before it is acknowledged. <see cref="Generation"/> closes the gap in which a look-up that began before a
/// revocation would put the token back afterwards. What another instance revokes is not heard of here: <see cref="TokenAuthenticator"/> looks
/// tokens up again that have been kept for a while. Unknown tokens are not kept: made-up ones must not push out real ones. Thread-safe.
/// </remarks>
internal sealed class TokenCache(IdentityOptions options, IdentityMetrics metrics)
{
    private readonly ConcurrentDictionary<SecretHash, CachedToken> _tokens = new();
    private readonly Lock _gate = new();
    private int _count;
    private long _generation;

    /// <summary>Read it before looking a token up, and hand it to <see cref="Add"/>.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    public CachedToken? Find(SecretHash hash) => _tokens.GetValueOrDefault(hash);

    /// <summary>Keeps a token, in the place of what was kept of it before.</summary>
    public void Add(SecretHash hash, CachedToken token, long generation)
    {
        lock (_gate)
        {
            if (generation != _generation)
            {
                return;
            }

            if (_tokens.ContainsKey(hash))
            {
                _tokens[hash] = token;
                return;
            }

            if (_count >= options.TokenCache)
            {
                Evict();
            }

            _tokens[hash] = token;
            _count++;
        }
    }

    public void Remove(string id)
    {
        lock (_gate)
        {
            _generation++;
            foreach (var (hash, _) in _tokens.Where(pair => pair.Value.Id == id).ToList())
            {
                _count -= _tokens.TryRemove(hash, out _) ? 1 : 0;
            }
        }
    }

    // An eighth at a time, whichever come first: keeping order on every use would cost more than looking a token up again.
    private void Evict()
    {
        var evicted = 0;
        foreach (var hash in _tokens.Keys.Take(Math.Max(1, options.TokenCache / 8)).ToList())
        {
            evicted += _tokens.TryRemove(hash, out _) ? 1 : 0;
        }

        _count -= evicted;
        metrics.TokensEvicted(evicted);
    }
}
