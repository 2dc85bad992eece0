using System.Globalization;
using Microsoft.Extensions.Logging;
using Signalbox.Telemetry.Metrics.Storage.Days;

namespace Signalbox.Telemetry.Metrics.Storage.Maintenance;

/// <summary>Deletes the oldest days when they are too old or the store is too large.</summary>
internal sealed class Retention(EmbeddedMetricStoreOptions options, StoreEnvironment environment, MetricStoreMetrics metrics, StoreFiles files)
{
    private bool _exhausted;

    /// <summary>Deletes what is due.</summary>
    /// <returns>Why appends must be refused, because even today alone is over the quota; else null.</returns>
    public string? Run()
    {
        var oldest = environment.Now - (long)options.Retention.TotalMilliseconds;
        while (files.Days.Days is [var day, ..] && UtcDay.End(day.Day) <= oldest)
        {
            Drop(day, "retention");
        }

        if (options.DiskQuotaBytes == 0)
        {
            return null;
        }

        var today = UtcDay.Of(environment.Now);
        while (files.Bytes > options.DiskQuotaBytes && files.Days.Days is [var day, ..] && day.Day < today)
        {
            Drop(day, "quota");
        }

        return Exhausted(files.Bytes);
    }

    private string? Exhausted(long bytes)
    {
        var exhausted = bytes > options.DiskQuotaBytes;
        if (exhausted && !_exhausted)
        {
            MetricStoreLog.QuotaExhausted(environment.Logger, bytes, options.DiskQuotaBytes);
        }

        _exhausted = exhausted;
        return exhausted
            ? string.Create(CultureInfo.InvariantCulture, $"The metrics of today and their log alone need {bytes} bytes in {options.Folder}; disk_quota_bytes is {options.DiskQuotaBytes}.")
            : null;
    }

    private void Drop(DayFile day, string reason)
    {
        // First the note, then the deed: if the process ends between the two, the day goes at the next turn, and the log cannot bring it back.
        files.Catalogue.SetDroppedUntil(UtcDay.End(day.Day));
        files.Days.Drop(day);
        metrics.DaysDropped.Add(1, new KeyValuePair<string, object?>("reason", reason));
        if (environment.Logger.IsEnabled(LogLevel.Information))
        {
            MetricStoreLog.DayDropped(environment.Logger, UtcDay.Name(day.Day), reason);
        }
    }
}
