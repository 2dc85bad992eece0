using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Runs.Keeping;

/// <summary>Deletes what belongs to no run any more, a few rows in each transaction.</summary>
internal sealed class ContentCleaner(ControlDatabase database)
{
    private const int RowsAtOnce = 32;

    /// <returns>Whether there may be more.</returns>
    public Task<bool> StepAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            if (await session.FindAsync<string>("SELECT content_id FROM run_garbage ORDER BY content_id LIMIT 1") is not { } contentId)
            {
                return false;
            }

            var starts = await session.ListAsync<long>("SELECT start_byte FROM run_contents WHERE content_id = @contentId ORDER BY start_byte LIMIT @limit", new { contentId, limit = RowsAtOnce });
            if (starts.Count > 0)
            {
                await session.ExecuteAsync("DELETE FROM run_contents WHERE content_id = @contentId AND start_byte <= @last", new { contentId, last = starts[^1] });
            }

            if (starts.Count < RowsAtOnce)
            {
                await session.ExecuteAsync("DELETE FROM run_garbage WHERE content_id = @contentId", new { contentId });
            }

            return true;
        },
        repeatable: true,
        cancellationToken);
}
