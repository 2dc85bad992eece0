using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Evaluation;

/// <summary>Evaluates a whole query and shapes its result.</summary>
internal static class QueryRunner
{
    public static QueryValue Run(Expr expression, QueryContext context)
    {
        var settings = context.Settings;
        var planner = new Planner(context);
        if (settings.IsRange)
        {
            return expression.Type == ExprType.Scalar
                ? ScalarMatrix(planner.Scalar(expression, settings.Grid), settings.Grid)
                : Matrix(planner.Vector(expression, settings.Grid), context);
        }

        return expression.Type switch
        {
            ExprType.Scalar => new ScalarValue(settings.Grid.Start, planner.Scalar(expression, settings.Grid)[0]),
            ExprType.String => new StringValue(settings.Grid.Start, Planner.Text(expression)),
            ExprType.RangeVector => RangeVector(planner.Range(expression, settings.Grid), context),
            _ => Vector(planner.Vector(expression, settings.Grid), context),
        };
    }

    private static MatrixValue ScalarMatrix(double[] values, StepGrid grid) =>
        new([new MatrixSeries(Labels.Empty, Times(grid), values, null)]);

    private static long[] Times(StepGrid grid)
    {
        var times = new long[grid.Count];
        for (var step = 0; step < times.Length; step++)
        {
            times[step] = grid.Time(step);
        }

        return times;
    }

    /// <summary>Drops the names that were kept until now, and joins what that makes equal.</summary>
    private static VectorOperator Final(VectorOperator vector, QueryContext context)
    {
        if (Array.Exists(vector.Headers, static header => header.DropName))
        {
            var headers = Array.ConvertAll(vector.Headers, static header => new SeriesHeader(header.FinalLabels, false));
            vector = new RelabelledVector(vector, headers);
        }

        return MergedVector.Of(vector, context.Columns);
    }

    private static VectorValue Vector(VectorOperator vector, QueryContext context)
    {
        var final = Final(vector, context);
        var samples = new List<VectorSample>(final.Headers.Length);
        var column = context.Columns.Rent(1);
        for (var series = 0; series < final.Headers.Length; series++)
        {
            final.Read(series, column);
            if (column.Has(0))
            {
                samples.Add(new VectorSample(final.Headers[series].Labels, column.Values[0], column.HistogramAt(0)));
            }
        }

        context.Columns.Return(column);
        context.Samples.Hold(samples.Count);
        return new VectorValue(context.Settings.Grid.Start, samples);
    }

    private static MatrixValue Matrix(VectorOperator vector, QueryContext context)
    {
        var final = Final(vector, context);
        var grid = context.Settings.Grid;
        var times = Times(grid);
        var series = new List<MatrixSeries>(final.Headers.Length);
        var column = context.Columns.Rent(grid.Count);
        for (var index = 0; index < final.Headers.Length; index++)
        {
            context.ThrowIfCancelled();
            final.Read(index, column);
            if (Points(final.Headers[index].Labels, column, times) is { } points)
            {
                context.Samples.Hold(points.Count);
                series.Add(points);
            }
        }

        context.Columns.Return(column);
        SortByLabels(series);
        return new MatrixValue(series);
    }

    private static void SortByLabels(List<MatrixSeries> series)
    {
        for (var index = 1; index < series.Count; index++)
        {
            if (series[index - 1].Labels.CompareTo(series[index].Labels) > 0)
            {
                series.Sort(static (left, right) => left.Labels.CompareTo(right.Labels));
                return;
            }
        }
    }

    /// <summary>The present steps of a column; a column without gaps shares the grid's times.</summary>
    private static MatrixSeries? Points(Labels labels, Column column, long[] times)
    {
        var values = column.Values;
        var present = 0;
        foreach (var value in values)
        {
            present += Column.IsAbsent(value) ? 0 : 1;
        }

        if (present == 0)
        {
            return null;
        }

        var kept = new double[present];
        var histograms = column.HasHistograms ? new HistogramSample?[present] : null;
        var keptTimes = present == values.Length ? times : new long[present];
        if (present == values.Length && histograms is null)
        {
            values.CopyTo(kept);
            return new MatrixSeries(labels, times, kept, null);
        }

        var next = 0;
        for (var step = 0; step < values.Length; step++)
        {
            if (Column.IsAbsent(values[step]))
            {
                continue;
            }

            kept[next] = values[step];
            keptTimes[next] = times[step];
            if (histograms is not null)
            {
                histograms[next] = column.HistogramAt(step);
            }

            next++;
        }

        return new MatrixSeries(labels, keptTimes, kept, histograms);
    }

    /// <summary>The raw samples of a range vector, as an instant query for <c>x[5m]</c> gives them.</summary>
    private static MatrixValue RangeVector(RangeOperator range, QueryContext context)
    {
        var samples = new RangeSamples(context.Buffers);
        var end = range.Window.End(range.Grid.Start);
        var series = new List<MatrixSeries>(range.Headers.Length);
        for (var index = 0; index < range.Headers.Length; index++)
        {
            range.Read(index, samples);
            if (Window(range.Headers[index].FinalLabels, samples, end - range.Window.Range, end) is { } points)
            {
                context.Samples.Hold(points.Count);
                series.Add(points);
            }
        }

        SortByLabels(series);
        return new MatrixValue(series);
    }

    private static MatrixSeries? Window(Labels labels, RangeSamples samples, long start, long end)
    {
        List<(long Time, double Value, HistogramSample? Histogram)> points = [];
        for (var index = 0; index < samples.Times.Length; index++)
        {
            points.Add((samples.Times[index], samples.Values[index], null));
        }

        for (var index = 0; index < samples.HistogramTimes.Length; index++)
        {
            points.Add((samples.HistogramTimes[index], double.NaN, samples.Histograms[index]));
        }

        points.RemoveAll(point => point.Time <= start || point.Time > end);
        points.Sort(static (left, right) => left.Time.CompareTo(right.Time));
        var histograms = samples.Histograms.Length == 0 ? null : points.ConvertAll(static point => point.Histogram).ToArray();
        return points.Count == 0
            ? null
            : new MatrixSeries(
                labels,
                points.ConvertAll(static point => point.Time).ToArray(),
                points.ConvertAll(static point => point.Value).ToArray(),
                histograms);
    }
}
