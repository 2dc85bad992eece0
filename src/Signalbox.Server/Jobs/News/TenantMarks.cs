namespace Signalbox.Server.Jobs.News;

/// <summary>How far the changes of one tenant have been told.</summary>
internal sealed class TenantMarks(long sinceMs, long jobs)
{
    /// <summary>What a transaction wrote may become visible this long after the time it wrote down.</summary>
    private const long OverlapMs = 2000;

    private readonly Dictionary<string, (string Version, long AtMs)> _told = new(StringComparer.Ordinal);

    /// <summary>Everything from here on is read; what was told of it before is left out.</summary>
    public long SinceMs { get; private set; } = sinceMs - OverlapMs;

    /// <summary>Number of the tenant's jobs.</summary>
    public long Jobs { get; set; } = jobs;

    /// <summary>After more changes than can be told one by one: not read again before this.</summary>
    public long PausedUntilMs { get; private set; }

    /// <summary>Whether this is news.</summary>
    /// <param name="key">Of what was changed.</param>
    /// <param name="version">Differs from change to change.</param>
    public bool IsNew(string key, string version, long atMs)
    {
        if (_told.TryGetValue(key, out var told) && told.Version == version)
        {
            return false;
        }

        _told[key] = (version, atMs);
        return true;
    }

    /// <summary>Goes on to a time of the database's clock.</summary>
    public void AdvanceTo(long nowMs)
    {
        SinceMs = Math.Max(SinceMs, nowMs - OverlapMs);
        foreach (var key in _told.Where(pair => pair.Value.AtMs < SinceMs).Select(static pair => pair.Key).ToList())
        {
            _told.Remove(key);
        }
    }

    public void PauseUntil(long untilMs) => PausedUntilMs = untilMs;
}
