using Signalbox.PromQL.Histograms;

namespace Signalbox.PromQL.Evaluation;

/// <summary>A function of each float by itself; histograms are left out.</summary>
internal sealed class MappedVector(VectorOperator inner, SeriesHeader[] headers, Func<double, int, double> map) : VectorOperator(inner.Grid, headers)
{
    public override void Read(int series, Column into)
    {
        inner.Read(series, into);
        into.RemoveHistograms();
        var values = into.Values;
        for (var step = 0; step < values.Length; step++)
        {
            if (!Column.IsAbsent(values[step]))
            {
                values[step] = map(values[step], step);
            }
        }
    }
}

/// <summary>The unary minus.</summary>
internal sealed class NegatedVector(VectorOperator inner, SeriesHeader[] headers) : VectorOperator(inner.Grid, headers)
{
    public override void Read(int series, Column into)
    {
        inner.Read(series, into);
        var values = into.Values;
        for (var step = 0; step < values.Length; step++)
        {
            if (Column.IsAbsent(values[step]))
            {
                continue;
            }

            if (into.HistogramAt(step) is { } histogram)
            {
                into.SetHistogram(step, HistogramMath.Scale(histogram, -1));
            }
            else
            {
                values[step] = -values[step];
            }
        }
    }
}
