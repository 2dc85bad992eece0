using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Runs;

/// <summary>The tables of runs, what they used, and their files.</summary>
internal sealed class RunsMigrations : IMigrationSource
{
    public string Slice => "runs";

    public IReadOnlyList<Migration> Migrations { get; } =
    [
        new(1, "runs, their usage and their files", Tables),
        new(2, "space and indexes of lists", Space),
    ];

    /// <summary>
    /// <c>runs.risk</c> (in hundredths), <c>cost_micros</c>, <c>tokens</c> and <c>duration_ms</c> are -1 where they are not known, so that lists can be sorted by them.
    /// <c>digest</c> is that of the report as it came; what is kept has been redacted. <c>run_contents</c> holds texts in rows of at most 128 KiB: those of the
    /// report (<c>runs.report_id</c>) and of the files (<c>run_files.content_id</c>). <c>line_count</c> counts the line feeds of a row. Contents in <c>run_garbage</c> belong to
    /// nothing any more. The model is empty for cost that belongs to no model, and <c>priced</c> tells whether the cost of the whole run is known.
    /// </summary>
    private const string Tables = """
        CREATE TABLE runs (
            tenant {name} NOT NULL,
            id {id} NOT NULL,
            run_key {id} NOT NULL,
            revision {int} NOT NULL,
            digest {hash} NOT NULL,
            started_at_ms {bigint} NOT NULL,
            updated_at_ms {bigint} NOT NULL,
            repository {name} NULL,
            branch {name} NULL,
            actor {name} NULL,
            agent {name} NULL,
            outcome {id} NOT NULL,
            risk {bigint} NOT NULL,
            cost_micros {bigint} NOT NULL,
            tokens {bigint} NOT NULL,
            duration_ms {bigint} NOT NULL,
            size_bytes {bigint} NOT NULL,
            report_id {id} NOT NULL,
            search {text} NOT NULL,
            summary {text} NOT NULL,
            PRIMARY KEY (tenant, id),
            UNIQUE (run_key)
        );
        CREATE INDEX runs_by_start ON runs (tenant, started_at_ms, run_key);
        CREATE INDEX runs_by_update ON runs (updated_at_ms);

        CREATE TABLE run_usage (
            run_key {id} NOT NULL,
            model {name} NOT NULL,
            tenant {name} NOT NULL,
            started_at_ms {bigint} NOT NULL,
            week {id} NOT NULL,
            repository {name} NULL,
            actor {name} NULL,
            input_tokens {bigint} NOT NULL,
            output_tokens {bigint} NOT NULL,
            cache_read_tokens {bigint} NOT NULL,
            cache_creation_tokens {bigint} NOT NULL,
            cost_micros {bigint} NULL,
            priced {bool} NOT NULL,
            PRIMARY KEY (run_key, model)
        );
        CREATE INDEX run_usage_by_start ON run_usage (tenant, started_at_ms);

        CREATE TABLE run_files (
            run_key {id} NOT NULL,
            name {id} NOT NULL,
            content_id {id} NOT NULL,
            size_bytes {bigint} NOT NULL,
            sha256 {hash} NOT NULL,
            received_bytes {bigint} NOT NULL,
            complete {bool} NOT NULL,
            PRIMARY KEY (run_key, name)
        );

        CREATE TABLE run_contents (
            content_id {id} NOT NULL,
            start_byte {bigint} NOT NULL,
            length {int} NOT NULL,
            line_count {int} NOT NULL,
            packed {bool} NOT NULL,
            data {bytes} NOT NULL,
            PRIMARY KEY (content_id, start_byte)
        );

        CREATE TABLE run_garbage (
            content_id {id} NOT NULL PRIMARY KEY
        );
        """;

    /// <summary>
    /// <c>run_space</c> counts a tenant's runs and their bytes. One index for each order of a list, one for each filter in the order of time, and one for what is asked every second while somebody looks:
    /// what came lately.
    /// </summary>
    private const string Space = """
        CREATE TABLE run_space (
            tenant {name} NOT NULL PRIMARY KEY,
            runs {bigint} NOT NULL,
            used_bytes {bigint} NOT NULL
        );
        INSERT INTO run_space (tenant, runs, used_bytes) SELECT tenant, count(*), sum(size_bytes) FROM runs GROUP BY tenant;

        CREATE INDEX runs_by_risk ON runs (tenant, risk, run_key);
        CREATE INDEX runs_by_cost ON runs (tenant, cost_micros, run_key);
        CREATE INDEX runs_by_tokens ON runs (tenant, tokens, run_key);
        CREATE INDEX runs_by_duration ON runs (tenant, duration_ms, run_key);
        CREATE INDEX runs_by_repository ON runs (tenant, repository, started_at_ms, run_key);
        CREATE INDEX runs_by_branch ON runs (tenant, branch, started_at_ms, run_key);
        CREATE INDEX runs_by_actor ON runs (tenant, actor, started_at_ms, run_key);
        CREATE INDEX runs_by_agent ON runs (tenant, agent, started_at_ms, run_key);
        CREATE INDEX runs_by_outcome ON runs (tenant, outcome, started_at_ms, run_key);
        CREATE INDEX runs_by_tenant_update ON runs (tenant, updated_at_ms, id);
        """;
}
