namespace Signalbox.Runner.WorkTree;

/// <summary>The shortest way from one list of lines to another.</summary>
/// <remarks>
/// Myers' algorithm in linear space, between what both have in common at their beginnings and ends. Texts that differ in more than the bound are not followed to the shortest way: what is
/// left then counts as removed and added whole, which is true, only longer. Source: https://doi.org/10.1007/BF01840446
/// </remarks>
internal static class LineDiff
{
    /// <summary>Differences that are followed in one stretch.</summary>
    private const int MaxDifferences = 2000;

    /// <summary>Lines of a text, each with its line end.</summary>
    public static List<string> Lines(string text)
    {
        var lines = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text[at..end]);
            at = end;
        }

        return lines;
    }

    public static long CountLines(string text)
    {
        var ends = text.AsSpan().Count('\n');
        return text.Length == 0 || text[^1] == '\n' ? ends : ends + 1;
    }

    public static (long Added, long Removed) Count(string before, string after)
    {
        var (added, removed) = (0L, 0L);
        var (a, b) = (Lines(before), Lines(after));
        foreach (var (start, end, newStart, newEnd) in Blocks(a, b))
        {
            removed += end - start;
            added += newEnd - newStart;
        }

        return (added, removed);
    }

    /// <returns>What differs, in order: lines <c>Start..End</c> of the first became <c>NewStart..NewEnd</c> of the second.</returns>
    public static List<(int Start, int End, int NewStart, int NewEnd)> Blocks(List<string> before, List<string> after)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var (a, b) = (Number(before, names), Number(after, names));
        var (removed, added) = (new bool[a.Length], new bool[b.Length]);
        new Comparison(a, b, removed, added).Run();
        var blocks = new List<(int, int, int, int)>();
        for (int x = 0, y = 0; x < a.Length || y < b.Length;)
        {
            if (x < a.Length && y < b.Length && !removed[x] && !added[y])
            {
                x++;
                y++;
                continue;
            }

            var (startX, startY) = (x, y);
            while (x < a.Length && removed[x])
            {
                x++;
            }

            while (y < b.Length && added[y])
            {
                y++;
            }

            blocks.Add((startX, x, startY, y));
        }

        return blocks;
    }

    private static int[] Number(List<string> lines, Dictionary<string, int> names)
    {
        var numbers = new int[lines.Count];
        for (var index = 0; index < lines.Count; index++)
        {
            if (!names.TryGetValue(lines[index], out var number))
            {
                names[lines[index]] = number = names.Count;
            }

            numbers[index] = number;
        }

        return numbers;
    }

    /// <summary>One comparison: marks what is only in one of the two.</summary>
    private sealed class Comparison(int[] a, int[] b, bool[] removed, bool[] added)
    {
        private readonly int[] _forward = new int[(2 * MaxDifferences) + 3];
        private readonly int[] _backward = new int[(2 * MaxDifferences) + 3];

        public void Run()
        {
            var open = new Stack<(int A, int EndA, int B, int EndB)>();
            open.Push((0, a.Length, 0, b.Length));
            while (open.TryPop(out var part))
            {
                var (x, endX, y, endY) = part;
                while (x < endX && y < endY && a[x] == b[y])
                {
                    x++;
                    y++;
                }

                while (x < endX && y < endY && a[endX - 1] == b[endY - 1])
                {
                    endX--;
                    endY--;
                }

                if (x < endX && y < endY && Middle(x, endX, y, endY) is var (middleX, middleY))
                {
                    open.Push((x, middleX, y, middleY));
                    open.Push((middleX, endX, middleY, endY));
                    continue;
                }

                removed.AsSpan(x, endX - x).Fill(true);
                added.AsSpan(y, endY - y).Fill(true);
            }
        }

        /// <summary>A point on a shortest way, by going from both ends until the ways meet; null when it is too far, or there is nothing in common.</summary>
        private (int X, int Y)? Middle(int startX, int endX, int startY, int endY)
        {
            var (width, height) = (endX - startX, endY - startY);
            var delta = width - height;
            var isOdd = (delta & 1) != 0;
            var offset = MaxDifferences + 1;
            _forward[offset + 1] = 0;
            _backward[offset + 1] = 0;
            var most = Math.Min(MaxDifferences, (width + height + 1) / 2);
            for (var d = 0; d <= most; d++)
            {
                for (var k = -d; k <= d; k += 2)
                {
                    var x = k == -d || (k != d && _forward[offset + k - 1] < _forward[offset + k + 1]) ? _forward[offset + k + 1] : _forward[offset + k - 1] + 1;
                    var y = x - k;
                    while (x < width && y >= 0 && y < height && a[startX + x] == b[startY + y])
                    {
                        x++;
                        y++;
                    }

                    _forward[offset + k] = x;
                    var other = delta - k;
                    if (isOdd && Math.Abs(other) <= d - 1 && x + _backward[offset + other] >= width)
                    {
                        return Inside(x, y, width, height) ? (startX + x, startY + y) : null;
                    }
                }

                for (var k = -d; k <= d; k += 2)
                {
                    var x = k == -d || (k != d && _backward[offset + k - 1] < _backward[offset + k + 1]) ? _backward[offset + k + 1] : _backward[offset + k - 1] + 1;
                    var y = x - k;
                    while (x < width && y >= 0 && y < height && a[endX - x - 1] == b[endY - y - 1])
                    {
                        x++;
                        y++;
                    }

                    _backward[offset + k] = x;
                    var other = delta - k;
                    if (!isOdd && Math.Abs(other) <= d && x + _forward[offset + other] >= width)
                    {
                        return Inside(width - x, height - y, width, height) ? (endX - x, endY - y) : null;
                    }
                }
            }

            return null;
        }

        /// <summary>A point at a corner would divide nothing.</summary>
        private static bool Inside(int x, int y, int width, int height) =>
            x >= 0 && y >= 0 && x <= width && y <= height && (x, y) != (0, 0) && (x, y) != (width, height);
    }
}
