using Signalbox.Server.Jobs.History;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Live;

namespace Signalbox.Server.Jobs.News;

/// <summary>Finds what happened to jobs and executions, through whichever instance, and tells the event streams.</summary>
internal sealed class JobsLiveSource(ControlDatabase database, TenantFeed feed, OutputFeed output) : ILiveSource, IDisposable
{
    private static readonly LiveRule Readers = new(Role.Viewer, Scopes.JobsRead);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, TenantMarks> _tenants = new(StringComparer.Ordinal);
    private readonly Dictionary<LiveTopic, long> _outputs = [];

    public LiveRule? RuleOf(string topic) => topic == JobNews.Scheduler || IsExecution(topic) ? Readers : null;

    public async Task<bool> FollowAsync(LiveTopic topic, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!IsExecution(topic.Topic))
            {
                await BeginAsync(topic.Tenant, cancellationToken);
                return true;
            }

            var id = IdOf(topic.Topic);
            var last = await database.ReadAsync(
                async session => await ExecutionStore.FindAsync(session, topic.Tenant, id) is null ? (long?)null : await OutputQuery.LastSeqAsync(session, id), cancellationToken);
            if (last is null)
            {
                return false;
            }

            _outputs.TryAdd(topic, last.Value);
            await BeginAsync(topic.Tenant, cancellationToken);
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
            Forget(active);
            foreach (var tenant in active.Select(static topic => topic.Tenant).Distinct(StringComparer.Ordinal))
            {
                if (_tenants.TryGetValue(tenant, out var marks))
                {
                    await feed.RunAsync(tenant, marks, cancellationToken);
                }
            }

            foreach (var (topic, last) in _outputs.ToList())
            {
                _outputs[topic] = await output.RunAsync(topic, IdOf(topic.Topic), last, cancellationToken);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private static bool IsExecution(string topic) => topic.StartsWith(JobNews.ExecutionPrefix, StringComparison.Ordinal) && topic.Length > JobNews.ExecutionPrefix.Length;

    private static string IdOf(string topic) => topic[JobNews.ExecutionPrefix.Length..];

    private async Task BeginAsync(string tenant, CancellationToken cancellationToken)
    {
        if (!_tenants.ContainsKey(tenant))
        {
            _tenants[tenant] = await feed.BeginAsync(tenant, cancellationToken);
        }
    }

    private void Forget(IReadOnlyList<LiveTopic> active)
    {
        var topics = active.ToHashSet();
        var tenants = active.Select(static topic => topic.Tenant).ToHashSet(StringComparer.Ordinal);
        foreach (var topic in _outputs.Keys.Where(topic => !topics.Contains(topic)).ToList())
        {
            _outputs.Remove(topic);
        }

        foreach (var tenant in _tenants.Keys.Where(tenant => !tenants.Contains(tenant)).ToList())
        {
            _tenants.Remove(tenant);
        }
    }
}
