using System.Globalization;
using Signalbox.Server.Audit.Retention;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Http;
using Signalbox.Settings;

namespace Signalbox.Server.Audit.Configuration;

/// <summary>Shows and changes how long a tenant's audit log is kept, and what a change would remove.</summary>
internal sealed class ConfigurationDesk(RetentionDesk retention, AuditDatabase database, RetentionOptions options)
{
    public async Task<AuditConfiguration> ShowAsync(string tenant, CancellationToken cancellationToken)
    {
        var setting = await retention.GetAsync(tenant, cancellationToken);
        var (log, first) = await database.ReadAsync(
            async session =>
            {
                var row = await LogRows.FindAsync(session, tenant);
                return (row, row is { Size: > 0 } ? await EventRows.ReadAsync(session, row.Log, row.First, 1) : []);
            },
            cancellationToken);
        return new AuditConfiguration
        {
            Retention = Text(setting.Retention),
            RetentionDays = (int)setting.Retention.TotalDays,
            DefaultRetention = Text(options.Default),
            ChangedAt = setting.ChangedAt,
            ChangedBy = setting.ChangedBy,
            Size = log?.Size ?? 0,
            FirstSequence = log?.First ?? 0,
            FirstTime = first is [var oldest] ? DateTimeOffset.FromUnixTimeMilliseconds(oldest.TimeMs) : null,
        };
    }

    public async Task<Outcome<AuditConfiguration>> ChangeAsync(Principal principal, string text, CancellationToken cancellationToken)
    {
        if (Read(text) is not { } wanted)
        {
            return Wrong(text);
        }

        await retention.SetAsync(principal.Tenant.Value, wanted, AuditActor.Of(principal), cancellationToken);
        return await ShowAsync(principal.Tenant.Value, cancellationToken);
    }

    public async Task<Outcome<AuditRetentionPreview>> PreviewAsync(string tenant, string? text, CancellationToken cancellationToken)
    {
        if (text is null || Read(text) is not { } wanted)
        {
            return Wrong(text ?? string.Empty);
        }

        var preview = await retention.PreviewAsync(tenant, wanted, cancellationToken);
        return new AuditRetentionPreview
        {
            Retention = Text(wanted),
            Events = preview.Events,
            Tiles = preview.Tiles,
            Kept = preview.Kept,
            FirstSequence = preview.Events > 0 ? preview.FromSequence : null,
            LastSequence = preview.Events > 0 ? preview.UntilSequence - 1 : null,
            From = preview.From,
            To = preview.To,
            CompleteFromSequence = preview.UntilSequence,
            CompleteFrom = preview.CompleteFrom,
        };
    }

    private static TimeSpan? Read(string text) =>
        DurationText.TryParseWire(text, out var duration) && duration.Ticks % TimeSpan.TicksPerDay == 0 && duration.Days is >= RetentionOptions.LeastDays and <= RetentionOptions.MostDays ? duration : null;

    private static string Text(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalDays}d");

    private static Refusal Wrong(string text) =>
        Refusal.Invalid("retention", string.Create(CultureInfo.InvariantCulture, $"'{text}' is not a number of whole days from {RetentionOptions.LeastDays}d to {RetentionOptions.MostDays}d; write for example 90d or P90D."));
}
