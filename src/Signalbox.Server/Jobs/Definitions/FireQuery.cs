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

        // Only these words get into the statements.
        if (window.Outcomes.FirstOrDefault(static outcome => !Outcomes.Contains(outcome, StringComparer.Ordinal)) is { } unknown)
        {
            return Refusal.Invalid("outcome", $"'{unknown}' is not one of {string.Join(", ", Outcomes)}.");
        }

        var bounds = new FireBounds(taskId, tenant, window.From?.ToUnixTimeMilliseconds() ?? long.MinValue, Math.Min(before, window.To?.ToUnixTimeMilliseconds() ?? long.MaxValue), window.Limit + 1);
        return await database.ReadAsync<Outcome<FireList>>(
            async session =>
            {
                if (await TaskStore.FindAsync(session, tenant, taskId) is null)
                {
                    return TaskRefusals.NotFound;
                }

                var rows = (await ReadAsync(session, bounds, window.Outcomes.Count == 0 ? Outcomes : window.Outcomes)).OrderByDescending(static row => row.NominalAtMs).Take(window.Limit + 1).ToList();
                var (page, next) = Paging.Cut(rows, window.Limit, static row => row.NominalAtMs.ToString(CultureInfo.InvariantCulture));
                return new FireList([.. page.Select(static row => row.ToItem())], next);
            },
            cancellationToken);
    }

    private static async Task<List<FireRow>> ReadAsync(ControlSession session, FireBounds bounds, IReadOnlyList<string> outcomes)
    {
        const string Window = "job_id = @JobId AND coalesce(tenant, '') = @Tenant AND nominal_at_ms >= @FromMs AND nominal_at_ms < @BeforeMs";
        const string End = "ORDER BY nominal_at_ms DESC LIMIT @Limit";
        var rows = new List<FireRow>();
        if (outcomes.Contains("pending", StringComparer.Ordinal))
        {
            rows.AddRange(await session.ListAsync<FireRow>(
                $"SELECT nominal_at_ms, 'pending' AS outcome, 1 AS count, id AS execution_id FROM job_live WHERE {Window} AND trigger_kind = 'schedule' {End}", bounds));
        }

        // An execution that was ended before it started has no outcome in the history: its fire was skipped.
        if (Among(outcomes, "ran", "late") is { } ended)
        {
            rows.AddRange(await session.ListAsync<FireRow>(
                $"""
                SELECT nominal_at_ms, fire_outcome AS outcome, 1 AS count, id AS execution_id
                FROM job_history WHERE {Window} AND trigger_kind = 'schedule' AND fire_outcome IN ({ended}) {End}
                """,
                bounds));
        }

        if (Among(outcomes, "coalesced", "skipped", "missed") is { } without)
        {
            rows.AddRange(await session.ListAsync<FireRow>($"SELECT nominal_at_ms, outcome, reason, count, execution_id FROM job_fires WHERE {Window} AND outcome IN ({without}) {End}", bounds));
        }

        return rows;
    }

    /// <returns>Those of some words that are asked for, as SQL lists them; null for none.</returns>
    private static string? Among(IReadOnlyList<string> asked, params string[] words)
    {
        var found = words.Where(word => asked.Contains(word, StringComparer.Ordinal)).Select(static word => $"'{word}'").ToList();
        return found.Count == 0 ? null : string.Join(", ", found);
    }
}

/// <summary>Which fires are asked for.</summary>
/// <param name="To">Exclusive.</param>
/// <param name="Outcomes">Empty for all.</param>
internal sealed record FireWindow(DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<string> Outcomes, int Limit, string? After);

/// <summary>The bounds of a question about fires, as its statements take them.</summary>
internal sealed record FireBounds(string JobId, string Tenant, long FromMs, long BeforeMs, int Limit);

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
