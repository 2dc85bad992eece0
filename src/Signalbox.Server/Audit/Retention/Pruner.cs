using System.Globalization;
using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Search;
using Signalbox.Server.Audit.Sequencing;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Audit.Vocabulary;
using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Audit.Retention;

/// <summary>Deletes the payloads of one log that are too old: first the log says so, then it gives them free, then they go.</summary>
/// <remarks>
/// Wherever this ends in the middle, the log verifies: with a record of a deletion that has not happened yet, or with rows that are free to go and
/// are deleted by the next run. The record's id follows from the range, so two instances, or a second run, write it once.
/// </remarks>
internal sealed class Pruner(AuditDatabase database, EraIndex index, AuditTrail trail, RecordWriter writer, RetentionOptions options, TimeProvider clock)
{
    /// <returns>How many payloads were deleted.</returns>
    public async Task<long> RunAsync(string tenant, RetentionSetting setting, CancellationToken cancellationToken)
    {
        // The log and its rows as they are at one moment: another instance may be pruning, too.
        var (log, until) = await database.ReadAsync(
            async session =>
            {
                var row = await LogRows.FindAsync(session, tenant) ?? throw new InvalidOperationException($"The tenant '{tenant}' has no log.");
                return (row, await PruneRange.FindEndAsync(session, row, (clock.GetUtcNow() - setting.Retention).ToUnixTimeMilliseconds()));
            },
            cancellationToken);
        if (until > log.First)
        {
            await AnnounceAsync(log, until, setting, cancellationToken);
            await database.WriteAsync(session => LogRows.MoveFirstAsync(session, log.Log, until), cancellationToken);
        }

        // A few at a time, because the writer of the log waits meanwhile; what a stop leaves over goes the next time.
        while (await database.WriteAsync(session => index.PruneAsync(session, log.Log, Math.Max(until, log.First)), cancellationToken) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return await DeleteAsync(log.Log, until, cancellationToken);
    }

    private async Task AnnounceAsync(LogRow log, long until, RetentionSetting setting, CancellationToken cancellationToken)
    {
        // A multiple of 256, so the tree up to there consists of full tiles alone.
        var tree = await TileBuilder.RestoreAsync(until, new TileRows(database, log.Log), cancellationToken);
        var id = string.Create(CultureInfo.InvariantCulture, $"prune-{log.Log}-{log.First}-{until}");
        var record = new AuditEvent(log.Tenant, AuditActor.System, AuditVocabulary.Prune, new AuditResource(AuditVocabulary.Log, log.Tenant, log.Tenant))
            .With("from", log.First)
            .With("until", until)
            .With("count", until - log.First)
            .With("root", Convert.ToBase64String(tree.Root()))
            .With("policy", setting.Policy)
            .With("setBy", setting.ChangedBy ?? "settings")
            with
        { Id = id };
        await trail.AppendAsync([writer.Prepare(record, AuditScope.Current)], cancellationToken);
    }

    private async Task<long> DeleteAsync(int log, long until, CancellationToken cancellationToken)
    {
        var deleted = 0L;
        while (await database.ReadAsync(session => EventRows.FindLowestAsync(session, log), cancellationToken) is { } lowest && lowest < until)
        {
            var end = Math.Min(until, lowest + options.DeleteRows);
            deleted += await database.WriteAsync(
                async session =>
                {
                    await SeenRows.DeleteAsync(session, log, end);
                    return await EventRows.DeleteAsync(session, log, lowest, end);
                },
                cancellationToken);
        }

        return deleted;
    }
}
