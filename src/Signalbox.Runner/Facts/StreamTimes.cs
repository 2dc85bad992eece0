using System.Globalization;

namespace Signalbox.Runner.Facts;

/// <summary>Reads <c>stream.times</c>.</summary>
internal static class StreamTimes
{
    /// <summary>Reads the marks until one does not make sense; what follows a line that was cut off is not to be trusted.</summary>
    /// <returns>In ascending order; none when there is no such file.</returns>
    public static IEnumerable<StreamMark> Read(string path)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        var before = 0L;
        foreach (var line in WholeLines(path))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space <= 0
                || !long.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
                || !long.TryParse(line.AsSpan(space + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
                || offset <= before
                || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            {
                yield break;
            }

            before = offset;
            yield return new StreamMark(offset, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
        }
    }

    /// <summary>All lines but a last one without its end: half a number is a number, too.</summary>
    private static IEnumerable<string> WholeLines(string path)
    {
        using var file = PrivateFiles.TryOpenRead(path);
        if (file is null || file.Length == 0)
        {
            yield break;
        }

        file.Seek(-1, SeekOrigin.End);
        var isWhole = file.ReadByte() == '\n';
        file.Position = 0;
        using var reader = new StreamReader(file);
        for (var line = reader.ReadLine(); line is not null;)
        {
            var next = reader.ReadLine();
            if (next is not null || isWhole)
            {
                yield return line;
            }

            line = next;
        }
    }
}
