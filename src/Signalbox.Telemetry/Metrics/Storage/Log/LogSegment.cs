namespace Signalbox.Telemetry.Metrics.Storage.Log;

/// <summary>One file of the log.</summary>
internal sealed class LogSegment(string path, long number)
{
    private long _bytes;

    public string Path { get; } = path;

    public long Number { get; } = number;

    public long Bytes
    {
        get => Volatile.Read(ref _bytes);
        set => Volatile.Write(ref _bytes, value);
    }

    /// <summary>Time of the newest sample in it; once everything up to there is in day files, it can go.</summary>
    public long NewestTime { get; set; } = long.MinValue;

    /// <summary>How many series it has introduced.</summary>
    public int SeriesCount { get; set; }
}
