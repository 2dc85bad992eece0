using System.Text;

namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>Checks the exemplar at the end of a sample line.</summary>
internal static class OpenMetricsExemplar
{
    /// <summary>Most characters that the names and values of an exemplar's labels may have together.</summary>
    private const int MaxCharacters = 128;

    /// <param name="position">After the space that follows the hash sign.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static string? Check(SeriesScanner scanner, ReadOnlySpan<byte> line, int position)
    {
        var error = scanner.ScanLabelSet(line, ref position);
        if (error is not null)
        {
            return "in the exemplar, " + error;
        }

        var characters = 0;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var label in scanner.Labels)
        {
            var name = Encoding.UTF8.GetString(label.NameOf(line));
            if (!names.Add(name))
            {
                return "the exemplar repeats a label name";
            }

            characters += CountRunes(label.NameOf(line)) + CountRunes(label.ValueOf(line));
        }

        if (characters > MaxCharacters)
        {
            return "the exemplar's labels have more than 128 characters";
        }

        return CheckNumbers(line[position..]);
    }

    private static string? CheckNumbers(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || rest[0] != ' ')
        {
            return "the exemplar has no value";
        }

        rest = rest[1..];
        var space = rest.IndexOf((byte)' ');
        if (!ExpositionText.TryParseNumber(space < 0 ? rest : rest[..space], out _))
        {
            return "the exemplar's value is not a number";
        }

        return space < 0 || ExpositionText.TryParseReal(rest[(space + 1)..], out _) ? null : "the exemplar's timestamp is not a number of seconds";
    }

    private static int CountRunes(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var current in text)
        {
            count += (current & 0xc0) == 0x80 ? 0 : 1;
        }

        return count;
    }
}
