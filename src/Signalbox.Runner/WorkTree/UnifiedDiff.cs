using System.Globalization;
using System.Text;

namespace Signalbox.Runner.WorkTree;

/// <summary>Shows what became of a text, as <c>diff -u</c> does.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <param name="before">Null for a file that was not there.</param>
    /// <param name="after">Null for a file that is gone.</param>
    /// <param name="maxLength">In UTF-16 units; what is longer is cut behind a line, and says so.</param>
    public static string Of(string path, string? before, string? after, int maxLength)
    {
        var (a, b) = (LineDiff.Lines(before ?? string.Empty), LineDiff.Lines(after ?? string.Empty));
        var text = new StringBuilder()
            .Append("--- ").Append(before is null ? "/dev/null" : "a/" + path).Append('\n')
            .Append("+++ ").Append(after is null ? "/dev/null" : "b/" + path).Append('\n');
        var blocks = LineDiff.Blocks(a, b);
        for (var first = 0; first < blocks.Count;)
        {
            var last = first;
            while (last + 1 < blocks.Count && blocks[last + 1].Start - blocks[last].End <= 2 * Context)
            {
                last++;
            }

            Hunk(text, a, b, blocks[first..(last + 1)]);
            if (text.Length > maxLength)
            {
                return Cut(text.ToString(), maxLength);
            }

            first = last + 1;
        }

        return text.Length > maxLength ? Cut(text.ToString(), maxLength) : text.ToString();
    }

    private static void Hunk(StringBuilder text, List<string> a, List<string> b, List<(int Start, int End, int NewStart, int NewEnd)> blocks)
    {
        var start = Math.Max(0, blocks[0].Start - Context);
        var newStart = blocks[0].NewStart - (blocks[0].Start - start);
        var end = Math.Min(a.Count, blocks[^1].End + Context);
        var newEnd = blocks[^1].NewEnd + (end - blocks[^1].End);
        text.Append("@@ -").Append(Range(start, end)).Append(" +").Append(Range(newStart, newEnd)).Append(" @@\n");
        var at = start;
        foreach (var block in blocks)
        {
            Lines(text, ' ', a, at, block.Start);
            Lines(text, '-', a, block.Start, block.End);
            Lines(text, '+', b, block.NewStart, block.NewEnd);
            at = block.End;
        }

        Lines(text, ' ', a, at, end);
    }

    private static string Range(int start, int end) => (end - start) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"{start},0"),
        1 => string.Create(CultureInfo.InvariantCulture, $"{start + 1}"),
        var count => string.Create(CultureInfo.InvariantCulture, $"{start + 1},{count}"),
    };

    private static void Lines(StringBuilder text, char mark, List<string> lines, int from, int to)
    {
        for (var index = from; index < to; index++)
        {
            text.Append(mark).Append(lines[index]);
            if (!lines[index].EndsWith('\n'))
            {
                text.Append("\n\\ No newline at end of file\n");
            }
        }
    }

    private static string Cut(string text, int maxLength)
    {
        var end = maxLength == 0 ? -1 : text.LastIndexOf('\n', Math.Min(maxLength, text.Length) - 1);
        var kept = end < 0 ? string.Empty : text[..(end + 1)];
        return string.Create(CultureInfo.InvariantCulture, $"{kept}… ({text.Length - kept.Length} more characters)\n");
    }
}
