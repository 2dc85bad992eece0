using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Evaluation;

/// <summary>The identity of one series of an intermediate result.</summary>
/// <param name="DropName">The name is to be dropped from the final result, but is still visible until then.</param>
internal readonly record struct SeriesHeader(Labels Labels, bool DropName)
{
    public static bool IsMetadata(string name) => name is Labels.MetricName or "__type__" or "__unit__";

    public Labels FinalLabels => DropName ? Labels.Without(IsMetadata) : Labels;

    /// <summary>Drops the name now, or marks it to be dropped at the end.</summary>
    public SeriesHeader WithoutName(bool delayed) =>
        delayed ? this with { DropName = true } : new SeriesHeader(Labels.Without(IsMetadata), false);
}

/// <summary>An instant vector over all steps of a grid, computed series by series when asked.</summary>
/// <remarks>
/// The series are known before any sample is read, so whoever combines operators works out grouping and matching once, not once a step.
/// Each series may be read once: operators reuse their buffers and do not keep columns.
/// </remarks>
internal abstract class VectorOperator(StepGrid grid, SeriesHeader[] headers)
{
    public StepGrid Grid => grid;

    public SeriesHeader[] Headers => headers;

    /// <summary>Computes one series; every step of <paramref name="into"/> is overwritten.</summary>
    public abstract void Read(int series, Column into);
}

/// <summary>An instant vector whose columns have been computed already.</summary>
internal sealed class ComputedVector(StepGrid grid, SeriesHeader[] headers, Column[] columns, ColumnPool pool) : VectorOperator(grid, headers)
{
    public override void Read(int series, Column into)
    {
        into.CopyFrom(columns[series]);
        pool.Return(columns[series]);
        columns[series] = null!;
    }
}

/// <summary>One value for all steps, repeated: a part of the query that does not depend on the evaluation time.</summary>
internal sealed class RepeatedVector(StepGrid grid, VectorOperator once, ColumnPool pool) : VectorOperator(grid, once.Headers)
{
    public override void Read(int series, Column into)
    {
        var single = pool.Rent(1);
        once.Read(series, single);
        into.Clear();
        if (single.HistogramAt(0) is { } histogram)
        {
            for (var step = 0; step < into.Count; step++)
            {
                into.SetHistogram(step, histogram);
            }
        }
        else
        {
            into.Values.Fill(single.Values[0]);
        }

        pool.Return(single);
    }
}

/// <summary>An instant vector with other labels.</summary>
internal sealed class RelabelledVector(VectorOperator inner, SeriesHeader[] headers) : VectorOperator(inner.Grid, headers)
{
    public override void Read(int series, Column into) => inner.Read(series, into);
}
