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
        new(4, "when to compare a job", $"DROP INDEX jobs_by_reconciled;\n{Comparison}") { MySql = $"DROP INDEX jobs_by_reconciled ON jobs;\n{Comparison}" },
    ];

    /// <summary>
    /// <c>concurrency_key</c> is the tenant and the group of the job, or the job's id. <c>job_schedules</c> tells which schedule was in force when: after
    /// <c>from_ms</c>, up to and with <c>until_ms</c>; it has rows only of times at which the job was enabled.
    /// </summary>
    private const string Definitions = """
        CREATE TABLE jobs (
            id {id} NOT NULL PRIMARY KEY,
            tenant {name} NOT NULL,
            name {name} NOT NULL,
            version {bigint} NOT NULL,
            enabled {bool} NOT NULL,
            source {id} NOT NULL,
            file_path {text} NULL,
            definition {longtext} NOT NULL,
            kind {id} NOT NULL,
            priority {int} NOT NULL,
            overlap {id} NOT NULL,
            queue_limit {int} NOT NULL,
            concurrency_key {name} NOT NULL,
            next_nominal_at_ms {bigint} NULL,
            reconciled_until_ms {bigint} NOT NULL,
            after_job_id {id} NULL,
            created_at_ms {bigint} NOT NULL,
            created_by {name} NOT NULL,
            updated_at_ms {bigint} NOT NULL,
            updated_by {name} NOT NULL,
            UNIQUE (tenant, name)
        );
        CREATE INDEX jobs_by_next ON jobs (next_nominal_at_ms);
        CREATE INDEX jobs_by_reconciled ON jobs (reconciled_until_ms);
        CREATE INDEX jobs_by_after ON jobs (after_job_id);

        CREATE TABLE job_schedules (
            job_id {id} NOT NULL,
            version {bigint} NOT NULL,
            job_name {name} NOT NULL,
            schedule {text} NOT NULL,
            from_ms {bigint} NOT NULL,
            until_ms {bigint} NULL,
            PRIMARY KEY (job_id, version)
        );
        CREATE INDEX job_schedules_by_until ON job_schedules (until_ms);
        """;

    /// <summary>
    /// <c>trigger_key</c> makes the making of an execution idempotent: the nominal time in milliseconds, or the id of what asked for it.
    /// <c>running_key</c> is the concurrency key while the execution runs and its job allows no second one: the database itself refuses it.
    /// <c>job_live.fire_outcome</c> is known once a first attempt has ended and another one follows.
    /// </summary>
    private const string Executions = """
        CREATE TABLE job_live (
            id {id} NOT NULL PRIMARY KEY,
            tenant {name} NOT NULL,
            job_id {id} NOT NULL,
            job_name {name} NOT NULL,
            job_version {bigint} NOT NULL,
            trigger_kind {id} NOT NULL,
            trigger_key {id} NOT NULL,
            nominal_at_ms {bigint} NOT NULL,
            due_at_ms {bigint} NOT NULL,
            state {id} NOT NULL,
            priority {int} NOT NULL,
            overlap {id} NOT NULL,
            queue_limit {int} NOT NULL,
            concurrency_key {name} NOT NULL,
            running_key {name} NULL UNIQUE,
            attempt {int} NOT NULL,
            fence {bigint} NOT NULL,
            owner {name} NULL,
            lease_until_ms {bigint} NULL,
            started_at_ms {bigint} NULL,
            fire_outcome {id} NULL,
            cancel_requested_at_ms {bigint} NULL,
            cancel_reason {name} NULL,
            trace_id {id} NOT NULL,
            requested_by {name} NULL,
            arguments {longtext} NULL,
            changed_at_ms {bigint} NOT NULL,
            UNIQUE (job_id, trigger_key)
        );
        CREATE INDEX job_live_by_priority ON job_live (state, priority DESC, due_at_ms, id);
        CREATE INDEX job_live_by_due ON job_live (state, due_at_ms);
        CREATE INDEX job_live_by_lease ON job_live (lease_until_ms);
        CREATE INDEX job_live_by_concurrency ON job_live (concurrency_key, state);

        CREATE TABLE job_history (
            id {id} NOT NULL PRIMARY KEY,
            tenant {name} NOT NULL,
            job_id {id} NOT NULL,
            job_name {name} NOT NULL,
            job_version {bigint} NOT NULL,
            trigger_kind {id} NOT NULL,
            trigger_key {id} NOT NULL,
            nominal_at_ms {bigint} NOT NULL,
            due_at_ms {bigint} NOT NULL,
            state {id} NOT NULL,
            fire_outcome {id} NULL,
            priority {int} NOT NULL,
            attempt {int} NOT NULL,
            fence {bigint} NOT NULL,
            owner {name} NULL,
            started_at_ms {bigint} NULL,
            finished_at_ms {bigint} NOT NULL,
            cancel_requested_at_ms {bigint} NULL,
            cancel_reason {name} NULL,
            trace_id {id} NOT NULL,
            requested_by {name} NULL,
            arguments {longtext} NULL,
            exit_code {int} NULL,
            error_type {name} NULL,
            error_message {text} NULL,
            error_stack {text} NULL,
            cause {name} NULL,
            output_bytes {bigint} NOT NULL,
            output_cut {bool} NOT NULL,
            UNIQUE (job_id, trigger_key)
        );
        CREATE INDEX job_history_by_tenant ON job_history (tenant, finished_at_ms, id);
        CREATE INDEX job_history_by_job ON job_history (job_id, nominal_at_ms);
        CREATE INDEX job_history_by_job_end ON job_history (job_id, finished_at_ms, id);
        CREATE INDEX job_history_by_state ON job_history (tenant, state, finished_at_ms, id);
        CREATE INDEX job_history_by_owner ON job_history (tenant, owner, finished_at_ms, id);
        CREATE INDEX job_history_by_end ON job_history (finished_at_ms);

        CREATE TABLE job_attempts (
            execution_id {id} NOT NULL,
            attempt {int} NOT NULL,
            fence {bigint} NOT NULL,
            owner {name} NULL,
            started_at_ms {bigint} NOT NULL,
            finished_at_ms {bigint} NOT NULL,
            state {id} NOT NULL,
            exit_code {int} NULL,
            error_type {name} NULL,
            error_message {text} NULL,
            error_stack {text} NULL,
            PRIMARY KEY (execution_id, attempt)
        );

        CREATE TABLE job_fires (
            job_id {id} NOT NULL,
            nominal_at_ms {bigint} NOT NULL,
            tenant {name} NOT NULL,
            outcome {id} NOT NULL,
            reason {name} NULL,
            count {bigint} NOT NULL,
            execution_id {id} NULL,
            recorded_at_ms {bigint} NOT NULL,
            PRIMARY KEY (job_id, nominal_at_ms)
        );
        CREATE INDEX job_fires_by_tenant ON job_fires (tenant, nominal_at_ms);
        CREATE INDEX job_fires_by_record ON job_fires (recorded_at_ms);

        CREATE TABLE job_output (
            execution_id {id} NOT NULL,
            seq {bigint} NOT NULL,
            stream {id} NOT NULL,
            at_ms {bigint} NOT NULL,
            text {text} NOT NULL,
            PRIMARY KEY (execution_id, seq)
        );
        """;

    /// <summary><c>reconcile_at_ms</c> lets a job without fires cost nothing: before that time there is nothing to compare, and 0 is at once.</summary>
    private const string Comparison = """
        ALTER TABLE jobs ADD COLUMN reconcile_at_ms {bigint} NOT NULL DEFAULT 0;
        CREATE INDEX jobs_by_reconcile ON jobs (reconcile_at_ms);
        """;

    /// <summary>The buckets of durations are those of <see cref="Engine.DurationBuckets"/>.</summary>
    private const string Statistics = """
        CREATE TABLE job_statistics (
            job_id {id} NOT NULL,
            span {id} NOT NULL,
            start_ms {bigint} NOT NULL,
            tenant {name} NOT NULL,
            succeeded {bigint} NOT NULL,
            failed {bigint} NOT NULL,
            timed_out {bigint} NOT NULL,
            cancelled {bigint} NOT NULL,
            abandoned {bigint} NOT NULL,
            lost {bigint} NOT NULL,
            late {bigint} NOT NULL,
            coalesced {bigint} NOT NULL,
            skipped {bigint} NOT NULL,
            missed {bigint} NOT NULL,
            sum_ms {bigint} NOT NULL,
            max_ms {bigint} NOT NULL,
            b01 {bigint} NOT NULL,
            b02 {bigint} NOT NULL,
            b03 {bigint} NOT NULL,
            b04 {bigint} NOT NULL,
            b05 {bigint} NOT NULL,
            b06 {bigint} NOT NULL,
            b07 {bigint} NOT NULL,
            b08 {bigint} NOT NULL,
            b09 {bigint} NOT NULL,
            b10 {bigint} NOT NULL,
            b11 {bigint} NOT NULL,
            b12 {bigint} NOT NULL,
            b13 {bigint} NOT NULL,
            b14 {bigint} NOT NULL,
            b15 {bigint} NOT NULL,
            b16 {bigint} NOT NULL,
            b17 {bigint} NOT NULL,
            b18 {bigint} NOT NULL,
            b19 {bigint} NOT NULL,
            b20 {bigint} NOT NULL,
            b21 {bigint} NOT NULL,
            b22 {bigint} NOT NULL,
            b23 {bigint} NOT NULL,
            b24 {bigint} NOT NULL,
            b25 {bigint} NOT NULL,
            b26 {bigint} NOT NULL,
            PRIMARY KEY (job_id, span, start_ms)
        );
        CREATE INDEX job_statistics_by_start ON job_statistics (span, start_ms);
        CREATE INDEX job_statistics_by_tenant ON job_statistics (tenant, span, start_ms);

        CREATE TABLE job_causes (
            job_id {id} NOT NULL,
            hour_ms {bigint} NOT NULL,
            cause {name} NOT NULL,
            tenant {name} NOT NULL,
            count {bigint} NOT NULL,
            PRIMARY KEY (job_id, hour_ms, cause)
        );
        CREATE INDEX job_causes_by_tenant ON job_causes (tenant, hour_ms);
        CREATE INDEX job_causes_by_hour ON job_causes (hour_ms);

        CREATE TABLE job_instances (
            id {name} NOT NULL PRIMARY KEY,
            host {name} NOT NULL,
            pid {bigint} NOT NULL,
            version {id} NOT NULL,
            started_at_ms {bigint} NOT NULL,
            heartbeat_at_ms {bigint} NOT NULL,
            slots {int} NOT NULL,
            running {int} NOT NULL,
            quarantined {int} NOT NULL
        );

        CREATE TABLE job_fence (
            id {int} NOT NULL PRIMARY KEY,
            value {bigint} NOT NULL
        );
        INSERT INTO job_fence (id, value) VALUES (1, 0);
        """;
}
