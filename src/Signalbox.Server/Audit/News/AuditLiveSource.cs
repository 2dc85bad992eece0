using System.Text.Json;
using Signalbox.Server.Audit.Events;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Live;

namespace Signalbox.Server.Audit.News;

/// <summary>Tells the event streams of new records, whichever instance took them; looks at the log of a tenant only while somebody listens to it.</summary>
internal sealed class AuditLiveSource(AuditDatabase database, LiveHub hub) : ILiveSource, IDisposable
{
    /// <summary>The topic of everything that enters a tenant's audit log.</summary>
    public const string Topic = "audit";

    /// <summary>Records told one by one in one look; with more, readers are told to read again.</summary>
    private const int Most = 500;

    /// <summary>In characters, of what is told in one look.</summary>
    private const int LargestLook = 1 << 20;

    private static readonly LiveRule Readers = new(Role.Operator, Scopes.AuditRead);

    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>By tenant: the next sequence to tell of.</summary>
    private readonly Dictionary<string, long> _next = new(StringComparer.Ordinal);

    public LiveRule? RuleOf(string topic) => topic == Topic ? Readers : null;

    public async Task<bool> FollowAsync(LiveTopic topic, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_next.ContainsKey(topic.Tenant))
            {
                _next[topic.Tenant] = await database.ReadAsync(async session => (await LogRows.FindAsync(session, topic.Tenant))?.Size ?? 0, cancellationToken);
            }

            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task PollAsync(IReadOnlyList<LiveTopic> active, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var tenants = active.Select(static topic => topic.Tenant).ToHashSet(StringComparer.Ordinal);
            foreach (var (tenant, next) in _next.ToList())
            {
                if (!tenants.Contains(tenant))
                {
                    _next.Remove(tenant);
                    continue;
                }

                var (size, events) = await database.ReadAsync(session => ReadAsync(session, tenant, next), cancellationToken);
                Publish(tenant, events, size - next);
                _next[tenant] = size;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private static async Task<(long Size, IReadOnlyList<StoredEvent> Events)> ReadAsync(ControlSession session, string tenant, long next)
    {
        var log = await LogRows.FindAsync(session, tenant);
        return log is null || log.Size <= next ? (next, [])
            : log.Size - next > Most ? (log.Size, [])
            : (log.Size, await EventRows.ReadAsync(session, log.Log, next, Most));
    }

    /// <param name="count">How many there are; more than <paramref name="events"/> when they are too many to tell.</param>
    private void Publish(string tenant, IReadOnlyList<StoredEvent> events, long count)
    {
        var texts = events.Count < count ? [] : events.Select(static stored => JsonSerializer.Serialize(EntryReader.Read(stored), AuditJson.Default.AuditEntry)).ToList();
        if (texts.Count < count || texts.Sum(static text => (long)text.Length) > LargestLook)
        {
            hub.Publish(tenant, [Topic], "reset", "{}");
            return;
        }

        foreach (var text in texts)
        {
            hub.Publish(tenant, [Topic], Topic, text);
        }
    }
}
