namespace Signalbox.PromQL.Functions;

/// <summary>Orders text so that runs of digits count as numbers: <c>a2</c> before <c>a10</c>.</summary>
internal static class NaturalOrder
{
    public static int Compare(string left, string right)
    {
        var (a, b) = (0, 0);
        while (a < left.Length && b < right.Length)
        {
            if (char.IsAsciiDigit(left[a]) && char.IsAsciiDigit(right[b]))
            {
                var compared = CompareNumbers(Digits(left, ref a), Digits(right, ref b));
                if (compared != 0)
                {
                    return compared;
                }
            }
            else if (left[a] != right[b])
            {
                return left[a].CompareTo(right[b]);
            }
            else
            {
                a++;
                b++;
            }
        }

        return (left.Length - a).CompareTo(right.Length - b);
    }

    private static ReadOnlySpan<char> Digits(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            position++;
        }

        return text.AsSpan(start, position - start).TrimStart('0');
    }

    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
}
