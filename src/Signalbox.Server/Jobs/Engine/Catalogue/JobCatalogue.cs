using System.Text.Json;
using Signalbox.Server.Jobs.Definitions;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Catalogue;

/// <summary>The definitions of jobs, read once for each version.</summary>
/// <remarks>
/// Keeps at most <see cref="EngineOptions.DefinitionCache"/>: what was not asked for during the last half of them goes first. Thread-safe.
/// </remarks>
internal sealed class JobCatalogue(EngineOptions options, EngineMetrics metrics, ILogger<JobCatalogue> logger)
{
    private readonly Lock _gate = new();
    private Dictionary<string, EngineJob> _recent = new(StringComparer.Ordinal);
    private Dictionary<string, EngineJob> _older = new(StringComparer.Ordinal);

    /// <summary>The definitions of some jobs, by id; a job that is gone, or whose definition cannot be read, is not among them.</summary>
    /// <param name="wanted">Job ids with the versions wanted; what the database has is given where that is newer.</param>
    public async Task<IReadOnlyDictionary<string, EngineJob>> LoadAsync(ControlSession session, IEnumerable<(string Id, long Version)> wanted)
    {
        var found = new Dictionary<string, EngineJob>(StringComparer.Ordinal);
        var missing = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, version) in wanted)
        {
            if (Find(id) is { } job && job.Version >= version)
            {
                found[id] = job;
            }
            else
            {
                missing.Add(id);
            }
        }

        if (missing.Count > 0)
        {
            var records = await session.ListAsync<JobRecord>(
                $"""
                SELECT j.id, j.tenant, j.name, j.version, j.priority, j.overlap, j.queue_limit, j.concurrency_key, j.definition
                FROM jobs j WHERE j.id IN (SELECT r.id FROM {session.Dialect.JsonRows("rows", "r", JsonColumn.Text("id"))})
                """,
                new { rows = JsonSerializer.Serialize([.. missing.Select(static id => new IdRow { Id = id })], EngineJson.Default.ListIdRow) });
            foreach (var record in records)
            {
                if (Read(record) is { } job)
                {
                    found[job.Id] = job;
                }
            }
        }

        return found;
    }

    /// <summary>The definitions of some jobs from memory; null unless all are there.</summary>
    public IReadOnlyDictionary<string, EngineJob>? TryFind(IReadOnlyList<(string Id, long Version)> wanted)
    {
        var found = new Dictionary<string, EngineJob>(StringComparer.Ordinal);
        foreach (var (id, version) in wanted)
        {
            if (Find(id) is not { } job || job.Version < version)
            {
                return null;
            }

            found[id] = job;
        }

        return found;
    }

    /// <returns>Null when the definition cannot be read, which is logged.</returns>
    public EngineJob? Read(JobRecord record)
    {
        if (Find(record.Id) is { } known && known.Version == record.Version)
        {
            return known;
        }

        try
        {
            var job = EngineJob.Of(record, JobDefinition.Parse(record.Definition));
            Keep(job);
            return job;
        }
        catch (InvalidOperationException exception)
        {
            logger.DefinitionUnreadable(record.Id, record.Version, exception);
            return null;
        }
    }

    private EngineJob? Find(string id)
    {
        lock (_gate)
        {
            if (_recent.TryGetValue(id, out var job))
            {
                return job;
            }

            if (_older.Remove(id, out job))
            {
                Add(job);
            }

            return job;
        }
    }

    private void Keep(EngineJob job)
    {
        lock (_gate)
        {
            _older.Remove(job.Id);
            Add(job);
        }
    }

    private void Add(EngineJob job)
    {
        if (_recent.Count >= Math.Max(options.DefinitionCache / 2, 1) && !_recent.ContainsKey(job.Id))
        {
            metrics.DefinitionsEvicted(_older.Count);
            _older = _recent;
            _recent = new Dictionary<string, EngineJob>(StringComparer.Ordinal);
        }

        _recent[job.Id] = job;
    }
}

/// <summary>An id as a row.</summary>
internal sealed record IdRow
{
    public required string Id { get; init; }
}
