using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>The table of jobs; every statement names the tenant.</summary>
internal static class TaskStore
{
    private const string Columns =
        "id, tenant, name, version, enabled, source, file_path, definition, kind, priority, overlap, queue_limit, concurrency_key, " +
        "next_nominal_at_ms, reconciled_until_ms, after_job_id, created_at_ms, created_by, updated_at_ms, updated_by";

    public static Task<JobRow?> FindAsync(ControlSession session, string tenant, string id) =>
        session.FindAsync<JobRow>($"SELECT {Columns} FROM jobs WHERE tenant = @tenant AND id = @id", new { tenant, id });

    /// <summary>Finds a job and keeps others from changing or deleting it until the transaction is over.</summary>
    public static Task<JobRow?> LockAsync(ControlSession session, string tenant, string id) =>
        session.FindAsync<JobRow>($"SELECT {Columns} FROM jobs WHERE tenant = @tenant AND id = @id {session.Dialect.ForUpdate}", new { tenant, id });

    public static Task<JobRow?> FindByNameAsync(ControlSession session, string tenant, string name) =>
        session.FindAsync<JobRow>($"SELECT {Columns} FROM jobs WHERE tenant = @tenant AND name = @name", new { tenant, name });

    public static Task<IReadOnlyList<JobRow>> ListAsync(ControlSession session, string tenant, TaskFilter filter, string? after, int limit)
    {
        var conditions = new List<string> { "tenant = @tenant" };
        conditions.AddRange(filter.Search is null ? [] : ["lower(name) LIKE @pattern ESCAPE '!'"]);
        conditions.AddRange(filter.Enabled is null ? [] : ["enabled = @enabled"]);
        conditions.AddRange(filter.Kind is null ? [] : ["kind = @kind"]);
        conditions.AddRange(filter.Source is null ? [] : ["source = @source"]);
        conditions.AddRange(after is null ? [] : ["name > @after"]);
        conditions.AddRange(filter.States.Count == 0 ? [] : [$"(SELECT state FROM job_history WHERE job_id = jobs.id ORDER BY finished_at_ms DESC, id DESC LIMIT 1) IN ({string.Join(", ", filter.States.Select(static state => $"'{state}'"))})"]);
        return session.ListAsync<JobRow>(
            $"SELECT {Columns} FROM jobs WHERE {string.Join(" AND ", conditions)} ORDER BY name LIMIT @limit",
            new { tenant, pattern = filter.Pattern, enabled = filter.Enabled, kind = filter.Kind, source = filter.Source, after, limit });
    }

    public static Task<IReadOnlyList<JobRow>> ListOfFilesAsync(ControlSession session, string tenant) =>
        session.ListAsync<JobRow>($"SELECT {Columns} FROM jobs WHERE tenant = @tenant AND source = 'file' ORDER BY name", new { tenant });

    /// <summary>Names of the jobs that were made through the API, by id.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ListNamesOfApiAsync(ControlSession session, string tenant) =>
        (await session.ListAsync<JobIdentity>("SELECT id, name FROM jobs WHERE tenant = @tenant AND source = 'api'", new { tenant })).ToDictionary(static job => job.Id, static job => job.Name, StringComparer.Ordinal);

    public static Task<IReadOnlyList<string>> ListIdsAsync(ControlSession session, string tenant) =>
        session.ListAsync<string>("SELECT id FROM jobs WHERE tenant = @tenant ORDER BY id", new { tenant });

    public static Task<long> CountAsync(ControlSession session, string tenant) =>
        session.ValueAsync<long>("SELECT count(*) FROM jobs WHERE tenant = @tenant", new { tenant });

    public static Task<IReadOnlyList<ChangedJob>> ListChangedAsync(ControlSession session, string tenant, long sinceMs, int limit) => session.ListAsync<ChangedJob>(
        "SELECT id, name, version, updated_at_ms FROM jobs WHERE tenant = @tenant AND updated_at_ms >= @sinceMs ORDER BY updated_at_ms LIMIT @limit", new { tenant, sinceMs, limit });

    /// <summary>The names of some jobs by id.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ListNamesAsync(ControlSession session, string tenant, IReadOnlyList<string> ids) => ids.Count == 0
        ? new Dictionary<string, string>(StringComparer.Ordinal)
        : (await session.ListAsync<JobIdentity>($"SELECT id, name FROM jobs WHERE tenant = @tenant AND id IN {IdList.In(session)}", IdList.Of(ids, tenant)))
            .ToDictionary(static job => job.Id, static job => job.Name, StringComparer.Ordinal);

    /// <summary>What of some jobs is needed to tell how often they try.</summary>
    public static Task<IReadOnlyList<StoredDefinition>> ListDefinitionsAsync(ControlSession session, IReadOnlyList<string> ids) =>
        session.ListAsync<StoredDefinition>($"SELECT id, version, definition FROM jobs WHERE id IN {IdList.In(session)}", IdList.Of(ids));

    /// <summary>The names of the jobs that run after one.</summary>
    public static Task<IReadOnlyList<string>> ListDependentsAsync(ControlSession session, string tenant, string id) =>
        session.ListAsync<string>("SELECT name FROM jobs WHERE tenant = @tenant AND after_job_id = @id ORDER BY name", new { tenant, id });

    public static Task<string?> FindAfterAsync(ControlSession session, string tenant, string id) =>
        session.FindAsync<string?>("SELECT after_job_id FROM jobs WHERE tenant = @tenant AND id = @id", new { tenant, id });

    public static Task InsertAsync(ControlSession session, JobRow job) => session.ExecuteAsync(
        $"""
        INSERT INTO jobs ({Columns})
        VALUES (@Id, @Tenant, @Name, @Version, @Enabled, @Source, @FilePath, @Definition, @Kind, @Priority, @Overlap, @QueueLimit, @ConcurrencyKey,
            @NextNominalAtMs, @ReconciledUntilMs, @AfterJobId, @CreatedAtMs, @CreatedBy, @UpdatedAtMs, @UpdatedBy)
        """,
        job);

    /// <summary>Writes what a change may touch; the planner's columns are left to the engine.</summary>
    /// <returns>Whether the job still had the version before.</returns>
    public static async Task<bool> UpdateAsync(ControlSession session, JobRow job) => await session.ExecuteAsync(
        """
        UPDATE jobs SET name = @Name, version = @Version, enabled = @Enabled, file_path = @FilePath, definition = @Definition, kind = @Kind, priority = @Priority,
            overlap = @Overlap, queue_limit = @QueueLimit, concurrency_key = @ConcurrencyKey, after_job_id = @AfterJobId, updated_at_ms = @UpdatedAtMs, updated_by = @UpdatedBy
        WHERE tenant = @Tenant AND id = @Id AND version = @Version - 1
        """,
        job) == 1;

    public static Task DeleteAsync(ControlSession session, string tenant, string id) =>
        session.ExecuteAsync("DELETE FROM jobs WHERE tenant = @tenant AND id = @id", new { tenant, id });
}

/// <summary>Which jobs of a tenant are listed.</summary>
/// <param name="Search">A part of the name, whatever its case.</param>
/// <param name="States">How the last run ended; empty for all.</param>
internal sealed record TaskFilter(string? Search, bool? Enabled, IReadOnlyList<string> States, string? Kind, string? Source)
{
    /// <summary>For LIKE with <c>!</c> as its escape.</summary>
    public string? Pattern => Search is null
        ? null
        : $"%{Search.ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";
}

/// <summary>A job by id and name.</summary>
internal sealed record JobIdentity
{
    public required string Id { get; init; }

    public required string Name { get; init; }
}

/// <summary>A job that was changed lately.</summary>
internal sealed record ChangedJob
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required long Version { get; init; }

    public required long UpdatedAtMs { get; init; }
}

/// <summary>One version of a definition.</summary>
internal sealed record StoredDefinition
{
    public required string Id { get; init; }

    public required long Version { get; init; }

    public required string Definition { get; init; }
}
