using Microsoft.Extensions.Logging;

namespace Signalbox.Telemetry.Metrics.Storage;

/// <summary>What the store tells its operator.</summary>
internal static partial class MetricStoreLog
{
    [LoggerMessage(1, LogLevel.Information, "Read {Samples} samples of {Series} series from the metric log in {Seconds:0.00} s.")]
    public static partial void Replayed(ILogger logger, long samples, long series, double seconds);

    [LoggerMessage(2, LogLevel.Information, "Cut {Bytes} bytes of an unfinished write off the end of the metric log {Path}; nothing in them was acknowledged.")]
    public static partial void TornTail(ILogger logger, long bytes, string path);

    [LoggerMessage(3, LogLevel.Error, "{Sentence}")]
    public static partial void Damaged(ILogger logger, string sentence);

    [LoggerMessage(4, LogLevel.Error, "The metric log cannot be written; appends are refused until it can.")]
    public static partial void CommitFailed(ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Error, "Moving metric samples to disk failed; it is tried again, and the log keeps them until then.")]
    public static partial void MaintenanceFailed(ILogger logger, Exception exception);

    [LoggerMessage(6, LogLevel.Information, "Deleted the metrics of {Day} ({Reason}).")]
    public static partial void DayDropped(ILogger logger, string day, string reason);

    [LoggerMessage(7, LogLevel.Debug, "Moved {Samples} samples in {Chunks} chunks to day files in {Seconds:0.00} s.")]
    public static partial void Flushed(ILogger logger, long samples, long chunks, double seconds);

    [LoggerMessage(8, LogLevel.Error, "The metrics of today alone need {Bytes} bytes, more than disk_quota_bytes {Quota}; appends are refused until the quota is raised.")]
    public static partial void QuotaExhausted(ILogger logger, long bytes, long quota);

    [LoggerMessage(10, LogLevel.Critical, "The writer of the metric store has stopped after an error that should not be; nothing is taken in until the server is started again.")]
    public static partial void WriterStopped(ILogger logger, Exception exception);

    [LoggerMessage(9, LogLevel.Warning, "The metric log has more samples than max_head_samples {Limit}, but they are too mixed in time to be moved to disk while it is read.")]
    public static partial void ReplayOverLimit(ILogger logger, long limit);
}
