using System.Text.Json;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Live;
using Signalbox.Server.Runs.Keeping;

namespace Signalbox.Server.Runs.News;

/// <summary>Finds runs that came or changed, through whichever instance, and tells the event streams.</summary>
internal sealed class RunsLiveSource(ControlDatabase database, LiveHub hub) : ILiveSource, IDisposable
{
    /// <summary>The topic of everything that happens to a tenant's runs.</summary>
    public const string Topic = "runs";

    /// <summary>Runs told one by one in one look; with more, readers are told to read again.</summary>
    private const int Most = 200;

    private static readonly LiveRule Readers = new(Role.Viewer, Scopes.RunsRead);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, RunMarks> _tenants = new(StringComparer.Ordinal);

    public LiveRule? RuleOf(string topic) => topic == Topic ? Readers : null;

    public async Task<bool> FollowAsync(LiveTopic topic, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_tenants.ContainsKey(topic.Tenant))
            {
                var (now, count) = await database.ReadAsync(session => LookAsync(session, topic.Tenant), cancellationToken);
                _tenants[topic.Tenant] = new RunMarks(now, count);
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
            var followed = active.Select(static topic => topic.Tenant).ToHashSet(StringComparer.Ordinal);
            foreach (var (tenant, marks) in _tenants.ToList())
            {
                if (followed.Contains(tenant))
                {
                    await TellAsync(tenant, marks, cancellationToken);
                }
                else
                {
                    _tenants.Remove(tenant);
                }
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Tells of what looking does not find: a run that is gone.</summary>
    public static void TellDeleted(LiveHub hub, string tenant, string id) => Publish(hub, tenant, new RunNews(id, "delete"));

    public void Dispose() => _gate.Dispose();

    private static async Task<(long NowMs, long Count)> LookAsync(ControlSession session, string tenant) => (
        await session.ValueAsync<long>($"SELECT {session.Dialect.NowMs}"),
        await SpaceStore.CountAsync(session, tenant));

    private async Task TellAsync(string tenant, RunMarks marks, CancellationToken cancellationToken)
    {
        var ((now, count), runs) = await database.ReadAsync(
            async session => (
                await LookAsync(session, tenant),
                await session.ListAsync<ChangedRun>(
                    "SELECT id, revision, updated_at_ms FROM runs WHERE tenant = @tenant AND updated_at_ms >= @since ORDER BY updated_at_ms, id LIMIT @limit",
                    new { tenant, since = marks.SinceMs, limit = Most + 1 })),
            cancellationToken);
        var news = runs.Where(run => marks.IsNew(run.Id, run.Revision, run.UpdatedAtMs)).ToList();
        if (runs.Count > Most)
        {
            Publish(hub, tenant, new RunNews(null, "change"));
        }
        else
        {
            news.ForEach(run => Publish(hub, tenant, new RunNews(run.Id, "report")));
            if (news.Count == 0 && count != marks.Count)
            {
                // Runs have gone, through another instance or for their age.
                Publish(hub, tenant, new RunNews(null, "change"));
            }
        }

        marks.AdvanceTo(now, count);
    }

    private static void Publish(LiveHub hub, string tenant, RunNews news) => hub.Publish(tenant, [Topic], "run", JsonSerializer.Serialize(news, RunsJson.Default.RunNews));

    /// <summary>A run that was reported lately.</summary>
    private sealed record ChangedRun
    {
        public required string Id { get; init; }

        public required int Revision { get; init; }

        public required long UpdatedAtMs { get; init; }
    }
}
