using System.Globalization;

namespace Signalbox.Telemetry.Metrics.Storage.Log;

/// <summary>The segments of the log, oldest first.</summary>
internal sealed class LogFolder
{
    private const string Extension = ".log";
    private readonly string _folder;
    private readonly Lock _gate = new();
    private List<LogSegment> _segments = [];

    public LogFolder(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Extension))
        {
            if (long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                _segments.Add(new LogSegment(path, number) { Bytes = new FileInfo(path).Length });
            }
        }

        _segments.Sort(static (left, right) => left.Number.CompareTo(right.Number));
    }

    public IReadOnlyList<LogSegment> Segments => Volatile.Read(ref _segments);

    public long Bytes => Segments.Sum(static segment => segment.Bytes);

    public LogSegment Next()
    {
        lock (_gate)
        {
            var number = _segments.Count == 0 ? 1 : _segments[^1].Number + 1;
            var segment = new LogSegment(Path.Combine(_folder, number.ToString("D10", CultureInfo.InvariantCulture) + Extension), number);
            Volatile.Write(ref _segments, [.. _segments, segment]);
            return segment;
        }
    }

    /// <summary>Deletes segments.</summary>
    public void Drop(IReadOnlyCollection<LogSegment> segments)
    {
        lock (_gate)
        {
            foreach (var segment in segments)
            {
                File.Delete(segment.Path);
            }

            Volatile.Write(ref _segments, [.. _segments.Except(segments)]);
        }
    }
}
