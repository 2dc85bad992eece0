using System.Globalization;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Tells of every nominal fire of a job what became of it.</summary>
internal sealed class FireQuery(ControlDatabase database)
{
    private static readonly string[] Outcomes = ["ran", "late", "coalesced", "skipped", "missed", "pending"];

    /// <param name="window">Its cursor is the nominal time of the last line of the page before, in milliseconds.</param>
    public async Task<Outcome<FireList>> RunAsync(string tenant, string taskId, FireWindow window, CancellationToken cancellationToken)
    {
        var before = long.MaxValue;
        if (window.After is not null && !long.TryParse(window.After, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out before))
        {
            return Refusal.Invalid("after", "This is not a cursor of this list; take it from next.");
        }

        if (window.Outcome is not null && !Outcomes.Contains(window.Outcome, StringComparer.Ordinal))
        {
            return Refusal.Invalid("outcome", $"'{window.Outcome}' is not one of {string.Join(", ", Outcomes)}.");
        }

        var bounds = new FireBounds(taskId, tenant, window.From?.ToUnixTimeMilliseconds() ?? long.MinValue, Math.Min(before, window.To?.ToUnixTimeMilliseconds() ?? long.MaxValue), window.Outcome, window.Limit + 1);
        return await database.ReadAsync<Outcome<FireList>>(
            async session =>
            {
                if (await TaskStore.FindAsync(session, tenant, taskId) is null)
                {
                    return TaskRefusals.NotFound;
                }

                var rows = (await ReadAsync(session, bounds)).OrderByDescending(static row => row.NominalAtMs).Take(window.Limit + 1).ToList();
                var (page, next) = Paging.Cut(rows, window.Limit, static row => row.NominalAtMs.ToString(CultureInfo.InvariantCulture));
                return new FireList([.. page.Select(static row => row.ToItem())], next);
            },
            cancellationToken);
    }

    private static async Task<List<FireRow>> ReadAsync(ControlSession session, FireBounds bounds)
    {
        const string Window = "job_id = @JobId AND coalesce(tenant, '') = @Tenant AND nominal_at_ms >= @FromMs AND nominal_at_ms < @BeforeMs";
        const string End = "ORDER BY nominal_at_ms DESC LIMIT @Limit";
        var rows = new List<FireRow>();
        if (bounds.Outcome is null or "pending")
        {
            rows.AddRange(await session.ListAsync<FireRow>(
                $"SELECT nominal_at_ms, 'pending' AS outcome, 1 AS count, id AS execution_id FROM job_live WHERE {Window} AND trigger_kind = 'schedule' {End}", bounds));
        }

        if (bounds.Outcome is null or "ran" or "late")
        {
            // An execution that was ended before it started has no outcome here: its fire was skipped.
            rows.AddRange(await session.ListAsync<FireRow>(
                $"""
                SELECT nominal_at_ms, fire_outcome AS outcome, 1 AS count, id AS execution_id
                FROM job_history WHERE {Window} AND trigger_kind = 'schedule' AND {(bounds.Outcome is null ? "fire_outcome IS NOT NULL" : "fire_outcome = @Outcome")} {End}
                """,
                bounds));
        }

        if (bounds.Outcome is null or "coalesced" or "skipped" or "missed")
        {
            rows.AddRange(await session.ListAsync<FireRow>(
                $"SELECT nominal_at_ms, outcome, reason, count, execution_id FROM job_fires WHERE {Window} {(bounds.Outcome is null ? string.Empty : "AND outcome = @Outcome")} {End}", bounds));
        }

        return rows;
    }
}

/// <summary>Which fires are asked for.</summary>
/// <param name="To">Exclusive.</param>
internal sealed record FireWindow(DateTimeOffset? From, DateTimeOffset? To, string? Outcome, int Limit, string? After);

/// <summary>The bounds of a question about fires, as its statements take them.</summary>
internal sealed record FireBounds(string JobId, string Tenant, long FromMs, long BeforeMs, string? Outcome, int Limit);

/// <summary>One fire as read.</summary>
internal sealed record FireRow
{
    public required long NominalAtMs { get; init; }

    public required string Outcome { get; init; }

    public string? Reason { get; init; }

    public required long Count { get; init; }

    public string? ExecutionId { get; init; }

    public FireItem ToItem() => new(DateTimeOffset.FromUnixTimeMilliseconds(NominalAtMs), Outcome, Reason, Count, ExecutionId);
}
