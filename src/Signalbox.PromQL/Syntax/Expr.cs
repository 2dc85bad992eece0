using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Syntax;

/// <summary>What a PromQL expression evaluates to.</summary>
public enum ExprType
{
    Scalar,
    String,
    InstantVector,
    RangeVector,
}

/// <summary>A PromQL expression: the root of the closed hierarchy of syntax nodes.</summary>
public abstract class Expr
{
    private protected Expr()
    {
    }

    /// <summary>Where the expression stands in the query's text.</summary>
    public TextRange Range { get; internal set; }

    public abstract ExprType Type { get; }

    /// <summary>Levels of operators and subqueries on the longest way down, which the parser bounds.</summary>
    internal int Height { get; set; }

    /// <summary>The expression as PromQL text that parses back to the same expression.</summary>
    public override string ToString() => ExprPrinter.Print(this);
}

/// <summary>A number or duration literal.</summary>
public sealed class NumberLiteral : Expr
{
    public required double Value { get; init; }

    /// <summary>Whether it was written as a duration such as <c>5m</c>; the value is then in seconds.</summary>
    public bool IsDuration { get; init; }

    public override ExprType Type => ExprType.Scalar;
}

/// <summary>A quoted string.</summary>
public sealed class StringLiteral : Expr
{
    public required string Value { get; init; }

    public override ExprType Type => ExprType.String;
}

/// <summary>An expression in parentheses.</summary>
public sealed class ParenExpr : Expr
{
    public required Expr Inner { get; init; }

    public override ExprType Type => Inner.Type;
}

/// <summary>A sign before a scalar or instant vector.</summary>
public sealed class UnaryExpr : Expr
{
    public required bool Negative { get; init; }

    public required Expr Operand { get; init; }

    public override ExprType Type => Operand.Type;
}

/// <summary>How a selector that the experimental modifiers touch takes its samples.</summary>
public enum SelectionMode
{
    Plain,

    /// <summary>The window begins with the last sample before it.</summary>
    Anchored,

    /// <summary>Values at the window's edges are interpolated.</summary>
    Smoothed,
}

/// <summary>Which moment a selector or subquery is fixed to.</summary>
public enum AtAnchor
{
    None,
    Timestamp,
    Start,
    End,
}

/// <summary>The <c>offset</c> and <c>@</c> of a selector or subquery.</summary>
public sealed class TimeShift
{
    /// <summary>Null when there is no offset.</summary>
    public DurationExpr? Offset { get; internal set; }

    public AtAnchor Anchor { get; internal set; }

    /// <summary>Milliseconds since the Unix epoch, when the anchor is a timestamp.</summary>
    public long Timestamp { get; internal set; }
}

/// <summary>Selects series by name and labels.</summary>
public sealed class VectorSelector : Expr
{
    /// <summary>All conditions, the one on the metric's name included.</summary>
    public required IReadOnlyList<LabelMatcher> Matchers { get; init; }

    /// <summary>The name as written before the braces, or an empty string.</summary>
    public string Name { get; init; } = string.Empty;

    public TimeShift Shift { get; } = new();

    public SelectionMode Mode { get; internal set; }

    public override ExprType Type => ExprType.InstantVector;
}

/// <summary>The samples of a selector over a window that ends at the evaluation time.</summary>
public sealed class MatrixSelector : Expr
{
    public required VectorSelector Selector { get; init; }

    public required DurationExpr Window { get; init; }

    public override ExprType Type => ExprType.RangeVector;
}

/// <summary>Evaluates an instant vector at regular moments of a window.</summary>
public sealed class SubqueryExpr : Expr
{
    public required Expr Inner { get; init; }

    public required DurationExpr Window { get; init; }

    /// <summary>Null means the engine's default.</summary>
    public DurationExpr? Step { get; init; }

    public TimeShift Shift { get; } = new();

    public override ExprType Type => ExprType.RangeVector;
}

/// <summary>A call of a function.</summary>
public sealed class CallExpr : Expr
{
    public required string Function { get; init; }

    public required IReadOnlyList<Expr> Arguments { get; init; }

    public override ExprType Type => FunctionSignature.Find(Function)?.Returns ?? ExprType.InstantVector;
}

/// <summary>Which aggregation an <see cref="AggregateExpr"/> performs.</summary>
public enum Aggregation
{
    Sum,
    Avg,
    Count,
    Min,
    Max,
    Group,
    Stddev,
    Stdvar,
    TopK,
    BottomK,
    CountValues,
    Quantile,
    LimitK,
    LimitRatio,
}

/// <summary>Combines the series of an instant vector into groups.</summary>
public sealed class AggregateExpr : Expr
{
    public required Aggregation Operation { get; init; }

    public required Expr Inner { get; init; }

    /// <summary>The first argument of <c>topk</c> and its like; otherwise null.</summary>
    public Expr? Parameter { get; init; }

    public IReadOnlyList<string> Grouping { get; init; } = [];

    /// <summary>Whether the grouping lists the labels to leave out.</summary>
    public bool Without { get; init; }

    public override ExprType Type => ExprType.InstantVector;
}
