using System.Text.Json;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;
using Signalbox.Server.Runs.Files;
using Signalbox.Server.Runs.Reports;

namespace Signalbox.Server.Runs.Listing;

/// <summary>Shows runs: lists of them, and the report of one.</summary>
internal sealed class RunQuery(ControlDatabase database, ContentReader contents)
{
    public async Task<Outcome<RunList>> ListAsync(string tenant, RunListQuery asked, CancellationToken cancellationToken)
    {
        var outcome = RunFilter.Of(asked);
        if (outcome is not Outcome<RunFilter>.Done { Value: var filter })
        {
            return ((Outcome<RunFilter>.Refused)outcome).Refusal;
        }

        var limit = Paging.Limit(asked.Limit);
        var (conditions, parameters) = filter.ToSql(tenant);
        parameters["limit"] = limit + 1;
        var column = filter.Order.Column;
        var rows = await database.ReadAsync(
            session => session.ListAsync<ListedRow>($"SELECT run_key, {column} AS value, summary FROM runs WHERE {conditions} ORDER BY {column} DESC, run_key DESC LIMIT @limit", parameters), cancellationToken);
        var (items, next) = Paging.Cut(rows, limit, row => filter.Order.CursorOf(new RunCursor(row.Value, row.RunKey)));
        return new RunList([.. items.Select(static row => JsonSerializer.Deserialize(row.Summary, SummaryJson.Default.RunSummary)!)], next);
    }

    /// <summary>The report as JSON.</summary>
    /// <returns>Null when the tenant has no such run.</returns>
    public async Task<byte[]?> FindAsync(string tenant, string id, CancellationToken cancellationToken) =>
        await database.ReadAsync(session => RunStore.FindAsync(session, tenant, id), cancellationToken) is { } run ? await contents.ReadAllAsync(run.ReportId, cancellationToken) : null;

    /// <summary>One row of a list.</summary>
    private sealed record ListedRow
    {
        public required string RunKey { get; init; }

        public required long Value { get; init; }

        public required string Summary { get; init; }
    }
}
