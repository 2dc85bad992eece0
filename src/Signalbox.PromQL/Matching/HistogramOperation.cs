using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Histograms;
using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Matching;

/// <summary>A binary operator where at least one side is a native histogram.</summary>
internal sealed class HistogramOperation(BinaryExpr binary, Annotations annotations)
{
    private readonly BinaryOperator _operator = binary.Operator;

    /// <summary>Takes the histograms out of a column; their steps become absent.</summary>
    public static List<(int Step, HistogramSample Histogram)> Take(Column column)
    {
        List<(int, HistogramSample)> taken = [];
        for (var step = 0; step < column.Count; step++)
        {
            if (column.HistogramAt(step) is { } histogram)
            {
                taken.Add((step, histogram));
            }
        }

        column.RemoveHistograms();
        return taken;
    }

    public void WithScalar(Column into, int step, HistogramSample histogram, double scalar, bool scalarLeft)
    {
        var result = scalarLeft ? FloatWithHistogram(scalar, histogram) : HistogramWithFloat(histogram, scalar);
        Put(into, step, result);
    }

    /// <summary>Combines two columns that hold histograms; the result replaces <paramref name="many"/>.</summary>
    public void Combine(Column many, Column one, bool swapped, ColumnOperation floats, ColumnPool pool)
    {
        var histograms = new Dictionary<int, (HistogramSample? Many, HistogramSample? One, double ManyFloat, double OneFloat)>();
        for (var step = 0; step < many.Count; step++)
        {
            var (left, right) = (many.HistogramAt(step), one.HistogramAt(step));
            if ((left is not null || right is not null) && many.Has(step) && one.Has(step))
            {
                histograms.Add(step, (left, right, many.Values[step], one.Values[step]));
            }
        }

        var copy = pool.Rent(one.Count);
        copy.CopyFrom(one);
        copy.RemoveHistograms();
        many.RemoveHistograms();
        if (swapped)
        {
            floats(copy.Values, many.Values, many.Values);
        }
        else
        {
            floats(many.Values, copy.Values, many.Values);
        }

        pool.Return(copy);
        foreach (var (step, (manyHistogram, oneHistogram, manyFloat, oneFloat)) in histograms)
        {
            var result = swapped
                ? Apply(oneHistogram, oneFloat, manyHistogram, manyFloat)
                : Apply(manyHistogram, manyFloat, oneHistogram, oneFloat);
            Put(many, step, result);
        }
    }

    private static void Put(Column into, int step, (HistogramSample? Histogram, double Float) result)
    {
        if (result.Histogram is not null)
        {
            into.SetHistogram(step, result.Histogram);
        }
        else if (Column.IsAbsent(result.Float))
        {
            into.SetAbsent(step);
        }
        else
        {
            into.Values[step] = result.Float;
        }
    }

    private (HistogramSample? Histogram, double Float) Apply(HistogramSample? left, double leftFloat, HistogramSample? right, double rightFloat) =>
        (left, right) switch
        {
            (null, { }) => FloatWithHistogram(leftFloat, right),
            ({ }, null) => HistogramWithFloat(left, rightFloat),
            _ => Both(left!, right!),
        };

    private (HistogramSample? Histogram, double Float) FloatWithHistogram(double left, HistogramSample right) =>
        _operator == BinaryOperator.Multiply ? (HistogramMath.Scale(right, left), 0) : Incompatible("float", "histogram");

    private (HistogramSample? Histogram, double Float) HistogramWithFloat(HistogramSample left, double right) => _operator switch
    {
        BinaryOperator.Multiply => (HistogramMath.Scale(left, right), 0),
        BinaryOperator.Divide => (HistogramMath.Divide(left, right), 0),
        BinaryOperator.TrimUpper => (HistogramTrim.Apply(left, right, keepLower: true), 0),
        BinaryOperator.TrimLower => (HistogramTrim.Apply(left, right, keepLower: false), 0),
        _ => Incompatible("histogram", "float"),
    };

    private (HistogramSample? Histogram, double Float) Both(HistogramSample left, HistogramSample right)
    {
        switch (_operator)
        {
            case BinaryOperator.Add or BinaryOperator.Subtract:
                return Sum(left, right);
            case BinaryOperator.Equal or BinaryOperator.NotEqual:
                var holds = HistogramMath.Equal(left, right) == (_operator == BinaryOperator.Equal);
                return binary.ReturnBool ? (null, holds ? 1 : 0) : holds ? (left, 0) : (null, Column.Absent);
            default:
                return Incompatible("histogram", "histogram");
        }
    }

    private (HistogramSample? Histogram, double Float) Sum(HistogramSample left, HistogramSample right)
    {
        var adding = _operator == BinaryOperator.Add;
        var noun = adding ? "addition" : "subtraction";
        if (HistogramMath.TryAdd(left, right, adding ? 1 : -1, out var reconciled) is not { } sum)
        {
            annotations.Warn($"incompatible bucket layout encountered for binary operator {Operators.Text(_operator)}", binary.Range);
            return (null, Column.Absent);
        }

        if (reconciled)
        {
            annotations.Inform($"mismatched custom buckets were reconciled during {noun}", binary.Range);
        }

        if (HistogramMath.Conflict(left.CounterResetHint, right.CounterResetHint))
        {
            annotations.Warn($"conflicting counter resets during histogram {noun}", binary.Range);
        }

        return (adding ? sum : HistogramMath.Gauge(sum), 0);
    }

    private (HistogramSample? Histogram, double Float) Incompatible(string left, string right)
    {
        var op = Operators.Text(_operator);
        annotations.Inform($"incompatible sample types encountered for binary operator \"{op}\": {left} {op} {right}", binary.Range);
        return (null, Column.Absent);
    }
}
