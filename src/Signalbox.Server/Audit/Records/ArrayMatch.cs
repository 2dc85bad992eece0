using System.Text.Json.Nodes;

namespace Signalbox.Server.Audit.Records;

/// <summary>Finds the elements that two arrays have in common, in their order: a longest common subsequence.</summary>
internal static class ArrayMatch
{
    /// <summary>Comparisons; beyond them the arrays count as different wherever they are not alike at both ends.</summary>
    private const int MostComparisons = 250_000;

    /// <returns>Pairs of indexes, both growing.</returns>
    public static List<(int Old, int Young)> Of(JsonArray old, JsonArray young)
    {
        var pairs = new List<(int, int)>();
        var head = 0;
        var shorter = Math.Min(old.Count, young.Count);
        while (head < shorter && JsonValues.AreEqual(old[head], young[head]))
        {
            pairs.Add((head, head));
            head++;
        }

        var tail = 0;
        while (tail < shorter - head && JsonValues.AreEqual(old[^(tail + 1)], young[^(tail + 1)]))
        {
            tail++;
        }

        AddMiddle(pairs, old, young, head, tail);
        for (; tail > 0; tail--)
        {
            pairs.Add((old.Count - tail, young.Count - tail));
        }

        return pairs;
    }

    private static void AddMiddle(List<(int Old, int Young)> pairs, JsonArray old, JsonArray young, int head, int tail)
    {
        var rows = old.Count - head - tail;
        var columns = young.Count - head - tail;
        if (rows == 0 || columns == 0 || (long)rows * columns > MostComparisons)
        {
            return;
        }

        // Equal elements get equal numbers, so that each is looked into once.
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var left = Names(old, head, rows, names);
        var right = Names(young, head, columns, names);
        var lengths = new int[rows + 1, columns + 1];
        for (var row = rows - 1; row >= 0; row--)
        {
            for (var column = columns - 1; column >= 0; column--)
            {
                lengths[row, column] = left[row] == right[column] ? lengths[row + 1, column + 1] + 1 : Math.Max(lengths[row + 1, column], lengths[row, column + 1]);
            }
        }

        for (var (row, column) = (0, 0); row < rows && column < columns;)
        {
            if (left[row] == right[column])
            {
                pairs.Add((head + row++, head + column++));
            }
            else if (lengths[row + 1, column] >= lengths[row, column + 1])
            {
                row++;
            }
            else
            {
                column++;
            }
        }
    }

    private static int[] Names(JsonArray array, int start, int count, Dictionary<string, int> names)
    {
        var numbers = new int[count];
        for (var index = 0; index < count; index++)
        {
            var text = System.Text.Encoding.UTF8.GetString(Canonical.CanonicalJson.Write(array[start + index]));
            names.TryAdd(text, names.Count);
            numbers[index] = names[text];
        }

        return numbers;
    }
}
