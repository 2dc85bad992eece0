using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.History;

/// <summary>Reads what runs wrote.</summary>
internal sealed class OutputQuery(ControlDatabase database)
{
    /// <summary>In characters; a page ends early rather than hold more.</summary>
    private const int LargestPage = 1024 * 1024;

    /// <returns>Null when the tenant has no such execution.</returns>
    public Task<OutputPage?> RunAsync(string tenant, string id, long after, int limit, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            if (await ExecutionStore.FindAsync(session, tenant, id) is not { } execution)
            {
                return null;
            }

            var rows = await ListAsync(session, id, after, limit + 1);
            var page = new List<OutputItem>();
            var size = 0;
            foreach (var row in rows.Take(limit))
            {
                size += row.Text.Length;
                if (page.Count > 0 && size > LargestPage)
                {
                    break;
                }

                page.Add(row.ToItem());
            }

            var complete = execution.FinishedAtMs is not null && page.Count == rows.Count;
            return new OutputPage(page, complete ? null : page.Count > 0 ? page[^1].Seq : after, complete, execution.OutputCut);
        },
        cancellationToken);

    public static Task<IReadOnlyList<OutputRow>> ListAsync(ControlSession session, string executionId, long after, int limit) => session.ListAsync<OutputRow>(
        "SELECT seq, stream, at_ms, text FROM job_output WHERE execution_id = @executionId AND seq > @after ORDER BY seq LIMIT @limit", new { executionId, after, limit });

    /// <summary>The greatest sequence number written so far; -1 before the first.</summary>
    public static Task<long> LastSeqAsync(ControlSession session, string executionId) =>
        session.ValueAsync<long>("SELECT coalesce(max(seq), -1) FROM job_output WHERE execution_id = @executionId", new { executionId });
}

/// <summary>One piece of output as stored.</summary>
internal sealed record OutputRow
{
    public required long Seq { get; init; }

    public required string Stream { get; init; }

    public required long AtMs { get; init; }

    public required string Text { get; init; }

    public OutputItem ToItem() => new(Seq, Stream, DateTimeOffset.FromUnixTimeMilliseconds(AtMs), Text);
}
