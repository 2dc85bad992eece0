using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs;

/// <summary>The tables of jobs, their executions, and what became of every nominal fire.</summary>
internal sealed class JobsMigrations : IMigrationSource
{
    public string Slice => "jobs";

    public IReadOnlyList<Migration> Migrations { get; } =
    [
        new(1, "definitions and schedules", Definitions),
        new(2, "executions and fires", Executions),
        new(3, "statistics and instances", Statistics),
    ];

    /// <summary>
    /// <c>concurrency_key</c> is the tenant and the group of the job, or the job's id. <c>job_schedules</c> tells which schedule was in force when: from
    /// <c>from_ms</c> until just before <c>until_ms</c>; it has rows only of times at which the job was enabled.
    /// </summary>
    private const string Definitions = """
        CREATE TABLE jobs (
            id TEXT NOT NULL PRIMARY KEY,
            tenant TEXT NOT NULL,
            name TEXT NOT NULL,
            version INTEGER NOT NULL,
            enabled INTEGER NOT NULL,
            source TEXT NOT NULL,
            file_path TEXT NULL,
            definition TEXT NOT NULL,
            kind TEXT NOT NULL,
            priority INTEGER NOT NULL,
            overlap TEXT NOT NULL,
            queue_limit INTEGER NOT NULL,
            concurrency_key TEXT NOT NULL,
            next_nominal_at_ms INTEGER NULL,
            reconciled_until_ms INTEGER NOT NULL,
            after_job_id TEXT NULL,
            created_at_ms INTEGER NOT NULL,
            created_by TEXT NOT NULL,
            updated_at_ms INTEGER NOT NULL,
            updated_by TEXT NOT NULL,
            UNIQUE (tenant, name)
        );
        CREATE INDEX jobs_by_next ON jobs (next_nominal_at_ms);
        CREATE INDEX jobs_by_reconciled ON jobs (reconciled_until_ms);
        CREATE INDEX jobs_by_after ON jobs (after_job_id);

        CREATE TABLE job_schedules (
            job_id TEXT NOT NULL,
            version INTEGER NOT NULL,
            schedule TEXT NOT NULL,
            from_ms INTEGER NOT NULL,
            until_ms INTEGER NULL,
            PRIMARY KEY (job_id, version)
        );
        CREATE INDEX job_schedules_by_until ON job_schedules (until_ms);
        """;

    /// <summary>
    /// <c>trigger_key</c> makes the making of an execution idempotent: the nominal time in milliseconds, or the id of what asked for it.
    /// <c>running_key</c> is the concurrency key while the execution runs and its job allows no second one: the database itself refuses it.
    /// </summary>
    private const string Executions = """
        CREATE TABLE job_live (
            id TEXT NOT NULL PRIMARY KEY,
            tenant TEXT NOT NULL,
            job_id TEXT NOT NULL,
            job_name TEXT NOT NULL,
            job_version INTEGER NOT NULL,
            trigger_kind TEXT NOT NULL,
            trigger_key TEXT NOT NULL,
            nominal_at_ms INTEGER NOT NULL,
            due_at_ms INTEGER NOT NULL,
            state TEXT NOT NULL,
            priority INTEGER NOT NULL,
            overlap TEXT NOT NULL,
            queue_limit INTEGER NOT NULL,
            concurrency_key TEXT NOT NULL,
            running_key TEXT NULL UNIQUE,
            attempt INTEGER NOT NULL,
            fence INTEGER NOT NULL,
            owner TEXT NULL,
            lease_until_ms INTEGER NULL,
            started_at_ms INTEGER NULL,
            cancel_requested_at_ms INTEGER NULL,
            cancel_reason TEXT NULL,
            trace_id TEXT NOT NULL,
            requested_by TEXT NULL,
            arguments TEXT NULL,
            changed_at_ms INTEGER NOT NULL,
            UNIQUE (job_id, trigger_key)
        );
        CREATE INDEX job_live_by_priority ON job_live (state, priority DESC, due_at_ms, id);
        CREATE INDEX job_live_by_due ON job_live (state, due_at_ms);
        CREATE INDEX job_live_by_lease ON job_live (lease_until_ms);
        CREATE INDEX job_live_by_concurrency ON job_live (concurrency_key, state);

        CREATE TABLE job_history (
            id TEXT NOT NULL PRIMARY KEY,
            tenant TEXT NOT NULL,
            job_id TEXT NOT NULL,
            job_name TEXT NOT NULL,
            job_version INTEGER NOT NULL,
            trigger_kind TEXT NOT NULL,
            trigger_key TEXT NOT NULL,
            nominal_at_ms INTEGER NOT NULL,
            due_at_ms INTEGER NOT NULL,
            state TEXT NOT NULL,
            fire_outcome TEXT NULL,
            priority INTEGER NOT NULL,
            attempt INTEGER NOT NULL,
            fence INTEGER NOT NULL,
            owner TEXT NULL,
            started_at_ms INTEGER NULL,
            finished_at_ms INTEGER NOT NULL,
            cancel_requested_at_ms INTEGER NULL,
            cancel_reason TEXT NULL,
            trace_id TEXT NOT NULL,
            requested_by TEXT NULL,
            arguments TEXT NULL,
            exit_code INTEGER NULL,
            error_type TEXT NULL,
            error_message TEXT NULL,
            error_stack TEXT NULL,
            cause TEXT NULL,
            output_bytes INTEGER NOT NULL,
            output_cut INTEGER NOT NULL,
            UNIQUE (job_id, trigger_key)
        );
        CREATE INDEX job_history_by_tenant ON job_history (tenant, finished_at_ms, id);
        CREATE INDEX job_history_by_job ON job_history (job_id, nominal_at_ms);
        CREATE INDEX job_history_by_job_end ON job_history (job_id, finished_at_ms, id);
        CREATE INDEX job_history_by_state ON job_history (tenant, state, finished_at_ms, id);
        CREATE INDEX job_history_by_owner ON job_history (tenant, owner, finished_at_ms, id);
        CREATE INDEX job_history_by_end ON job_history (finished_at_ms);

        CREATE TABLE job_attempts (
            execution_id TEXT NOT NULL,
            attempt INTEGER NOT NULL,
            fence INTEGER NOT NULL,
            owner TEXT NULL,
            started_at_ms INTEGER NOT NULL,
            finished_at_ms INTEGER NOT NULL,
            state TEXT NOT NULL,
            exit_code INTEGER NULL,
            error_type TEXT NULL,
            error_message TEXT NULL,
            error_stack TEXT NULL,
            PRIMARY KEY (execution_id, attempt)
        );

        CREATE TABLE job_fires (
            job_id TEXT NOT NULL,
            nominal_at_ms INTEGER NOT NULL,
            tenant TEXT NOT NULL,
            outcome TEXT NOT NULL,
            reason TEXT NULL,
            count INTEGER NOT NULL,
            execution_id TEXT NULL,
            recorded_at_ms INTEGER NOT NULL,
            PRIMARY KEY (job_id, nominal_at_ms)
        );
        CREATE INDEX job_fires_by_tenant ON job_fires (tenant, nominal_at_ms);
        CREATE INDEX job_fires_by_time ON job_fires (nominal_at_ms);

        CREATE TABLE job_output (
            execution_id TEXT NOT NULL,
            seq INTEGER NOT NULL,
            stream TEXT NOT NULL,
            at_ms INTEGER NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (execution_id, seq)
        );
        """;

    /// <summary>The buckets of durations are those of <see cref="Engine.DurationBuckets"/>.</summary>
    private const string Statistics = """
        CREATE TABLE job_statistics (
            job_id TEXT NOT NULL,
            span TEXT NOT NULL,
            start_ms INTEGER NOT NULL,
            tenant TEXT NOT NULL,
            succeeded INTEGER NOT NULL,
            failed INTEGER NOT NULL,
            timed_out INTEGER NOT NULL,
            cancelled INTEGER NOT NULL,
            abandoned INTEGER NOT NULL,
            lost INTEGER NOT NULL,
            late INTEGER NOT NULL,
            coalesced INTEGER NOT NULL,
            skipped INTEGER NOT NULL,
            missed INTEGER NOT NULL,
            sum_ms INTEGER NOT NULL,
            max_ms INTEGER NOT NULL,
            b01 INTEGER NOT NULL,
            b02 INTEGER NOT NULL,
            b03 INTEGER NOT NULL,
            b04 INTEGER NOT NULL,
            b05 INTEGER NOT NULL,
            b06 INTEGER NOT NULL,
            b07 INTEGER NOT NULL,
            b08 INTEGER NOT NULL,
            b09 INTEGER NOT NULL,
            b10 INTEGER NOT NULL,
            b11 INTEGER NOT NULL,
            b12 INTEGER NOT NULL,
            b13 INTEGER NOT NULL,
            b14 INTEGER NOT NULL,
            b15 INTEGER NOT NULL,
            b16 INTEGER NOT NULL,
            b17 INTEGER NOT NULL,
            b18 INTEGER NOT NULL,
            b19 INTEGER NOT NULL,
            b20 INTEGER NOT NULL,
            b21 INTEGER NOT NULL,
            b22 INTEGER NOT NULL,
            b23 INTEGER NOT NULL,
            b24 INTEGER NOT NULL,
            b25 INTEGER NOT NULL,
            b26 INTEGER NOT NULL,
            PRIMARY KEY (job_id, span, start_ms)
        );
        CREATE INDEX job_statistics_by_start ON job_statistics (span, start_ms);
        CREATE INDEX job_statistics_by_tenant ON job_statistics (tenant, span, start_ms);

        CREATE TABLE job_causes (
            job_id TEXT NOT NULL,
            hour_ms INTEGER NOT NULL,
            cause TEXT NOT NULL,
            tenant TEXT NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (job_id, hour_ms, cause)
        );
        CREATE INDEX job_causes_by_tenant ON job_causes (tenant, hour_ms);
        CREATE INDEX job_causes_by_hour ON job_causes (hour_ms);

        CREATE TABLE job_instances (
            id TEXT NOT NULL PRIMARY KEY,
            host TEXT NOT NULL,
            pid INTEGER NOT NULL,
            version TEXT NOT NULL,
            started_at_ms INTEGER NOT NULL,
            heartbeat_at_ms INTEGER NOT NULL,
            slots INTEGER NOT NULL,
            running INTEGER NOT NULL,
            quarantined INTEGER NOT NULL
        );

        CREATE TABLE job_fence (
            id INTEGER NOT NULL PRIMARY KEY,
            value INTEGER NOT NULL
        );
        INSERT INTO job_fence (id, value) VALUES (1, 0);
        """;
}
