using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Histograms;

/// <summary>The populated buckets of one sign, as index and count in rising order of the index.</summary>
internal readonly record struct Buckets((int Index, double Count)[] Entries)
{
    public static readonly Buckets None = new([]);

    public static Buckets Of(IReadOnlyList<BucketSpan> spans, IReadOnlyList<double> counts)
    {
        if (counts.Count == 0)
        {
            return None;
        }

        var entries = new List<(int, double)>(counts.Count);
        var index = 0;
        var next = 0;
        foreach (var span in spans)
        {
            index += span.Offset;
            for (var position = 0u; position < span.Length && next < counts.Count; position++, index++, next++)
            {
                if (counts[next] != 0)
                {
                    entries.Add((index, counts[next]));
                }
            }
        }

        return new Buckets([.. entries]);
    }

    public (BucketSpan[] Spans, double[] Counts) ToSpans()
    {
        List<BucketSpan> spans = [];
        var end = 0;
        foreach (var (index, _) in Entries)
        {
            if (spans.Count > 0 && index == end)
            {
                spans[^1] = spans[^1] with { Length = spans[^1].Length + 1 };
            }
            else
            {
                spans.Add(new BucketSpan(index - end, 1));
            }

            end = index + 1;
        }

        return ([.. spans], Array.ConvertAll(Entries, static entry => entry.Count));
    }

    /// <summary>The buckets at a coarser schema: each step halves the resolution.</summary>
    public Buckets Coarser(int steps) => steps == 0 ? this : Mapped(index => ((index - 1) >> steps) + 1);

    /// <summary>Buckets under other indexes, which must not fall; equal ones are added.</summary>
    public Buckets Mapped(Func<int, int> map)
    {
        var entries = new List<(int Index, double Count)>(Entries.Length);
        foreach (var (index, count) in Entries)
        {
            var mapped = map(index);
            if (entries.Count > 0 && entries[^1].Index == mapped)
            {
                entries[^1] = (mapped, entries[^1].Count + count);
            }
            else
            {
                entries.Add((mapped, count));
            }
        }

        return new Buckets([.. entries]);
    }

    /// <summary>These plus <paramref name="sign"/> times the others.</summary>
    public Buckets Plus(Buckets other, double sign)
    {
        if (other.Entries.Length == 0)
        {
            return this;
        }

        var sum = new List<(int, double)>(Entries.Length + other.Entries.Length);
        var (left, right) = (0, 0);
        while (left < Entries.Length || right < other.Entries.Length)
        {
            var leftIndex = left < Entries.Length ? Entries[left].Index : int.MaxValue;
            var rightIndex = right < other.Entries.Length ? other.Entries[right].Index : int.MaxValue;
            var index = Math.Min(leftIndex, rightIndex);
            var count = (leftIndex == index ? Entries[left++].Count : 0) + (rightIndex == index ? sign * other.Entries[right++].Count : 0);
            if (count != 0)
            {
                sum.Add((index, count));
            }
        }

        return new Buckets([.. sum]);
    }

    public Buckets Times(double factor) => new(Array.ConvertAll(Entries, entry => (entry.Index, entry.Count * factor)));

    public bool SameAs(Buckets other) => Entries.AsSpan().SequenceEqual(other.Entries);

    /// <summary>Whether some bucket holds less than it did before.</summary>
    public bool IsBelow(Buckets before) => Array.Exists(Plus(before, -1).Entries, static entry => entry.Count < 0);
}
