using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Claims;

/// <summary>The statements of a claim, which each database says in its own way.</summary>
/// <remarks>
/// What they share: the first due executions by priority, due time and id, of which the concurrency key is not running; of several with one key only the
/// first. Only <c>running_key</c>'s uniqueness makes it certain: two claims at the same moment may both choose a key, and the database refuses the later one.
/// </remarks>
internal static class ClaimSql
{
    private const string Order = "priority DESC, due_at_ms, id";

    /// <summary>Everything in one statement, so that a client which stops in the middle leaves no lock behind.</summary>
    /// <remarks>The counter's row is locked until the statement ends, so that the order of fences is the order of claims.</remarks>
    public static string PostgreSql(IControlDialect dialect) => $"""
        WITH picked AS MATERIALIZED ({Picked(dialect)} {dialect.ForUpdateSkipLocked}),
        chosen AS MATERIALIZED ({Chosen("picked")}),
        counter AS (UPDATE job_fence SET value = value + (SELECT count(*) FROM chosen) WHERE id = 1 AND EXISTS (SELECT 1 FROM chosen) RETURNING value)
        UPDATE job_live AS l
        SET {Running(dialect, "counter.value - (SELECT count(*) FROM chosen) + chosen.place", string.Empty)}
        FROM chosen CROSS JOIN counter WHERE l.id = chosen.id
        RETURNING {ClaimedRun.Columns}
        """;

    /// <summary>One packet of statements: the server carries it out to its end whatever becomes of the client. IGNORE passes by what would run a key twice.</summary>
    /// <remarks>Source: https://mariadb.com/kb/en/update/ (IGNORE) and https://dev.mysql.com/doc/refman/8.0/en/information-functions.html#function_last-insert-id</remarks>
    public static string MySql(IControlDialect dialect) => $"""
        START TRANSACTION;
        UPDATE job_fence SET value = LAST_INSERT_ID(value + @limit) WHERE id = 1;
        UPDATE IGNORE job_live l JOIN ({Chosen($"({Picked(dialect)}) AS picked")}) AS chosen ON chosen.id = l.id
        SET {Running(dialect, "LAST_INSERT_ID() - @limit + chosen.place", "l.")};
        COMMIT;
        SELECT {ClaimedRun.Columns} FROM job_live l
        WHERE l.state = 'running' AND l.owner = @owner AND l.fence > LAST_INSERT_ID() - @limit AND l.fence <= LAST_INSERT_ID()
        """;

    /// <summary>The choice alone, in the order in which fences are given.</summary>
    public static string SqliteChoice(IControlDialect dialect) => $"{Chosen($"({Picked(dialect)}) AS picked")} ORDER BY place";

    public static string SqliteUpdate(IControlDialect dialect) => $"""
        UPDATE job_live AS l SET {Running(dialect, "chosen.place", string.Empty)}
        FROM {dialect.JsonRows("rows", "chosen", JsonColumn.Text("id"), JsonColumn.Integer("place"))} WHERE l.id = chosen.id
        RETURNING {ClaimedRun.Columns.Replace("l.", string.Empty, StringComparison.Ordinal)}
        """;

    /// <remarks>
    /// A subquery that gives one value is looked up in the index for each row, where databases at times read the whole table for EXISTS. As
    /// <c>&lt;&gt; 1</c> it also looks to PostgreSQL as if it kept nearly all rows, so it reads them in the order of the index instead of sorting them.
    /// </remarks>
    private static string Picked(IControlDialect dialect) => $"""
        SELECT l.id, l.priority, l.due_at_ms, CASE WHEN l.overlap = 'allow' THEN l.id ELSE l.concurrency_key END AS turn_key
        FROM job_live l
        WHERE l.state = 'scheduled' AND l.due_at_ms <= {dialect.NowMs}
          AND (SELECT count(*) FROM job_live r WHERE r.running_key = CASE WHEN l.overlap = 'allow' THEN NULL ELSE l.concurrency_key END) <> 1
        ORDER BY l.priority DESC, l.due_at_ms, l.id LIMIT @limit
        """;

    private static string Chosen(string source) => $"""
        SELECT id, row_number() OVER (ORDER BY {Order}) AS place
        FROM (SELECT id, priority, due_at_ms, row_number() OVER (PARTITION BY turn_key ORDER BY {Order}) AS turn FROM {source}) AS turns
        WHERE turn = 1
        """;

    private static string Running(IControlDialect dialect, string fence, string prefix) => string.Join(
        ", ",
        $"{prefix}state = 'running'",
        $"{prefix}running_key = CASE WHEN l.overlap = 'allow' THEN NULL ELSE l.concurrency_key END",
        $"{prefix}attempt = l.attempt + 1",
        $"{prefix}fence = {fence}",
        $"{prefix}owner = @owner",
        $"{prefix}lease_until_ms = {dialect.NowMs} + @lease",
        $"{prefix}started_at_ms = {dialect.NowMs}",
        $"{prefix}job_version = COALESCE((SELECT j.version FROM jobs j WHERE j.id = l.job_id), l.job_version)",
        $"{prefix}changed_at_ms = {dialect.NowMs}");
}
