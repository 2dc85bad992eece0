using System.Collections.Concurrent;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Identity.Tokens;

/// <summary>Remembers when tokens were used, and writes it down in batches: at most once a minute for each token.</summary>
internal sealed class TokenUse(ControlDatabase database, TimeProvider clock)
{
    private static readonly long EveryMs = (long)TimeSpan.FromMinutes(1).TotalMilliseconds;

    private readonly ConcurrentDictionary<string, long> _unwritten = new(StringComparer.Ordinal);

    public void Note(CachedToken token)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (token.Use(now, EveryMs))
        {
            _unwritten[token.Id] = now;
        }
    }

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        // In one order, so that two instances that write the same tokens do not wait for each other in a circle.
        var batch = _unwritten.OrderBy(static pair => pair.Key, StringComparer.Ordinal).ToArray();
        if (batch.Length == 0)
        {
            return;
        }

        await database.WriteAsync(
            async session =>
            {
                foreach (var (id, at) in batch)
                {
                    await TokenStore.UsedAsync(session, id, at);
                }

                return true;
            },
            repeatable: true,
            cancellationToken);
        foreach (var pair in batch)
        {
            // A newer use that came meanwhile stays for the next batch.
            _unwritten.TryRemove(pair);
        }
    }
}
