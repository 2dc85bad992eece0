using System.Text.Json.Nodes;
using Signalbox.Server.Audit.Search;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Audit.Vocabulary;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Retention;

/// <summary>Reads and changes how long a tenant's records are kept, and tells beforehand what a change would delete. Thread-safe.</summary>
internal sealed class RetentionDesk(ControlDatabase control, AuditDatabase database, IAuditTrail trail, EraShape shape, RetentionOptions options, TimeProvider clock)
{
    public Task<RetentionSetting> GetAsync(string tenant, CancellationToken cancellationToken) => control.ReadAsync(session => GetAsync(session, tenant), cancellationToken);

    /// <summary>Sets it, with its record in the same transaction.</summary>
    /// <param name="retention">Whole days, from <see cref="RetentionOptions.LeastDays"/> to <see cref="RetentionOptions.MostDays"/>.</param>
    public Task<RetentionSetting> SetAsync(string tenant, TimeSpan retention, AuditActor actor, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(retention, TimeSpan.FromDays(RetentionOptions.LeastDays));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(retention, TimeSpan.FromDays(RetentionOptions.MostDays));
        return control.WriteAsync(
            async session =>
            {
                var before = await GetAsync(session, tenant);
                var after = new RetentionSetting(TimeSpan.FromDays((long)retention.TotalDays), clock.GetUtcNow(), actor.Name);
                await RetentionRows.SaveAsync(session, tenant, after);
                await trail.RecordAsync(
                    session,
                    new AuditEvent(tenant, actor, AuditVocabulary.ConfigUpdate, new AuditResource(AuditVocabulary.Log, tenant, tenant)).Changed(Shown(before), Shown(after)));
                return after;
            },
            cancellationToken);
    }

    /// <summary>What would be deleted now if records were kept for so long.</summary>
    public Task<PrunePreview> PreviewAsync(string tenant, TimeSpan retention, CancellationToken cancellationToken) => database.ReadAsync(
        async session =>
        {
            if (await LogRows.FindAsync(session, tenant) is not { Size: > 0 } log)
            {
                return PrunePreview.Nothing;
            }

            var until = await PruneRange.EstimateEndAsync(session, log, (clock.GetUtcNow() - retention).ToUnixTimeMilliseconds(), shape);
            var goes = until > log.First;
            return new PrunePreview(
                until - log.First,
                log.First,
                until,
                goes ? await TimeAsync(session, log, log.First) : null,
                goes ? await TimeAsync(session, log, until - 1) : null,
                log.Size - until,
                await TimeAsync(session, log, until));
        },
        cancellationToken);

    private async Task<RetentionSetting> GetAsync(ControlSession session, string tenant) =>
        await RetentionRows.FindAsync(session, tenant) ?? new RetentionSetting(options.Default, null, null);

    private static async Task<DateTimeOffset?> TimeAsync(ControlSession session, LogRow log, long sequence) =>
        (await EventRows.ReadTimesAsync(session, log.Log, sequence, sequence + 1)) is [var time] ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;

    private static JsonObject Shown(RetentionSetting setting) => new() { ["retentionDays"] = (long)setting.Retention.TotalDays };
}
