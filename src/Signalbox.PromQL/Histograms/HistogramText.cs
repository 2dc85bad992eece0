using System.Text;
using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Histograms;

/// <summary>Native histograms as text, for labels and messages.</summary>
internal static class HistogramText
{
    public static string Format(HistogramSample histogram)
    {
        var text = new StringBuilder("{count:").Append(FormatValue.General(histogram.Count)).Append(", sum:").Append(FormatValue.General(histogram.Sum));
        foreach (var bucket in HistogramBuckets.Of(histogram))
        {
            text.Append(", ").Append(bucket.Rule is 1 or 3 ? '[' : '(')
                .Append(FormatValue.General(bucket.Lower)).Append(',').Append(FormatValue.General(bucket.Upper))
                .Append(bucket.Rule is 0 or 3 ? ']' : ')')
                .Append(':').Append(FormatValue.General(bucket.Count));
        }

        return text.Append('}').ToString();
    }
}
