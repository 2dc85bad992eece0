namespace Signalbox.Telemetry.Metrics.Storage;

/// <summary>When the log is forced to the disk; <c>kill -9</c> loses nothing under any of them, a loss of power may.</summary>
public enum LogSyncPolicy
{
    /// <summary>Before a group of appends is acknowledged.</summary>
    Commit,

    /// <summary>Every <see cref="EmbeddedMetricStoreOptions.LogSyncInterval"/>; a loss of power loses at most that much.</summary>
    Interval,

    /// <summary>When the operating system likes.</summary>
    Never,
}
