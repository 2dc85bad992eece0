using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Runs.Reports;

/// <summary>Reads and writes single runs; every statement names the tenant, or a key that was found with it.</summary>
internal static class RunStore
{
    /// <summary>A run as those need it who write to it.</summary>
    internal sealed record Head
    {
        public required string RunKey { get; init; }

        public required int Revision { get; init; }

        public required byte[] Digest { get; init; }

        public required string ReportId { get; init; }

        public required long SizeBytes { get; init; }
    }

    private const string HeadColumns = "run_key, revision, digest, report_id, size_bytes";

    private const string Columns =
        "tenant, id, run_key, revision, digest, started_at_ms, updated_at_ms, repository, branch, actor, agent, outcome, risk, cost_micros, tokens, duration_ms, size_bytes, report_id, search, summary";

    public static Task<Head?> FindAsync(ControlSession session, string tenant, string id) =>
        session.FindAsync<Head>($"SELECT {HeadColumns} FROM runs WHERE tenant = @tenant AND id = @id", new { tenant, id });

    public static Task<Head?> LockAsync(ControlSession session, string tenant, string id) =>
        session.FindAsync<Head>($"SELECT {HeadColumns} FROM runs WHERE tenant = @tenant AND id = @id {session.Dialect.ForUpdate}", new { tenant, id });

    public static Task InsertAsync(ControlSession session, RunRow row) => session.ExecuteAsync(
        $"""
        INSERT INTO runs ({Columns})
        VALUES (@Tenant, @Id, @RunKey, @Revision, @Digest, @StartedAtMs, @UpdatedAtMs, @Repository, @Branch, @Actor, @Agent, @Outcome, @Risk, @CostMicros, @Tokens, @DurationMs,
            @SizeBytes, @ReportId, @Search, @Summary)
        """,
        row);

    public static Task UpdateAsync(ControlSession session, RunRow row) => session.ExecuteAsync(
        """
        UPDATE runs SET revision = @Revision, digest = @Digest, started_at_ms = @StartedAtMs, updated_at_ms = @UpdatedAtMs, repository = @Repository, branch = @Branch, actor = @Actor,
            agent = @Agent, outcome = @Outcome, risk = @Risk, cost_micros = @CostMicros, tokens = @Tokens, duration_ms = @DurationMs, size_bytes = @SizeBytes, report_id = @ReportId,
            search = @Search, summary = @Summary
        WHERE run_key = @RunKey
        """,
        row);
}
