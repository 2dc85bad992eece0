namespace Signalbox.Sdk.Redaction;

/// <summary>Shannon entropy of texts.</summary>
internal static class Entropy
{
    /// <returns>Bits a character; 0 for an empty text. Characters beyond ASCII count as one.</returns>
    public static double Of(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[128];
        counts.Clear();
        foreach (var c in text)
        {
            counts[c < 127 ? c : 127]++;
        }

        var sum = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
            {
                var share = (double)count / text.Length;
                sum -= share * Math.Log2(share);
            }
        }

        return sum;
    }
}
