namespace Signalbox.PromQL.Syntax;

/// <summary>The query's own times, which duration expressions may refer to; milliseconds.</summary>
internal readonly record struct QueryTimes(long Start, long End, long Step);

/// <summary>A duration inside brackets or after <c>offset</c>: a literal, or experimental arithmetic.</summary>
public abstract class DurationExpr
{
    private protected DurationExpr()
    {
    }

    internal abstract double Seconds(QueryTimes times);

    /// <summary>Milliseconds, rounded to the nearest.</summary>
    internal long Milliseconds(QueryTimes times)
    {
        var milliseconds = Math.Round(Seconds(times) * 1000, MidpointRounding.AwayFromZero);
        return double.IsNaN(milliseconds) || Math.Abs(milliseconds) >= long.MaxValue / 1_000_000
            ? throw new PromQLExecutionException("duration out of range")
            : (long)milliseconds;
    }

    public override string ToString() => ExprPrinter.Print(this);
}

/// <summary>A duration written out.</summary>
/// <param name="milliseconds">May be negative after <c>offset</c>.</param>
public sealed class DurationLiteral(double milliseconds) : DurationExpr
{
    public double Value => milliseconds;

    internal override double Seconds(QueryTimes times) => milliseconds / 1000;
}

/// <summary>One of the query's own times as a duration: <c>step()</c> or <c>range()</c>.</summary>
public sealed class QueryDuration(bool isStep) : DurationExpr
{
    /// <summary>The step, rather than the whole range.</summary>
    public bool IsStep => isStep;

    internal override double Seconds(QueryTimes times) => (isStep ? times.Step : times.End - times.Start) / 1000.0;
}

/// <summary>What a <see cref="DurationOperation"/> does with its operands.</summary>
public enum DurationOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Power,
    MinOf,
    MaxOf,
}

/// <summary>Arithmetic on two durations.</summary>
public sealed class DurationOperation(DurationOperator operation, DurationExpr left, DurationExpr right) : DurationExpr
{
    public DurationOperator Operation => operation;

    public DurationExpr Left => left;

    public DurationExpr Right => right;

    internal override double Seconds(QueryTimes times)
    {
        var a = left.Seconds(times);
        var b = right.Seconds(times);
        return operation switch
        {
            DurationOperator.Add => a + b,
            DurationOperator.Subtract => a - b,
            DurationOperator.Multiply => a * b,
            DurationOperator.Divide => b == 0 ? throw new PromQLExecutionException("division by zero") : a / b,
            DurationOperator.Modulo => b == 0 ? throw new PromQLExecutionException("modulo by zero") : a % b,
            DurationOperator.Power => Math.Pow(a, b),
            DurationOperator.MinOf => Math.Min(a, b),
            _ => Math.Max(a, b),
        };
    }
}

/// <summary>A duration with its sign turned.</summary>
public sealed class NegatedDuration(DurationExpr inner) : DurationExpr
{
    public DurationExpr Inner => inner;

    internal override double Seconds(QueryTimes times) => -inner.Seconds(times);
}

/// <summary>Duration arithmetic in parentheses.</summary>
public sealed class ParenDuration(DurationExpr inner) : DurationExpr
{
    public DurationExpr Inner => inner;

    internal override double Seconds(QueryTimes times) => inner.Seconds(times);
}
