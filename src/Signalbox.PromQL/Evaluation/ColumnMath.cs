using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Evaluation;

/// <summary>Combines two columns step by step; <paramref name="output"/> may be either input.</summary>
internal delegate void ColumnOperation(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> output);

/// <summary>The loops behind binary operators, one specialised for each operator.</summary>
internal static class ColumnMath
{
    private interface IOperation
    {
        static abstract double Apply(double left, double right);
    }

    private interface IComparison
    {
        static abstract bool Holds(double left, double right);
    }

    /// <summary>The value of an arithmetic operator; 1 or 0 for a comparison.</summary>
    public static ColumnOperation Values(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => Arithmetic<Addition>,
        BinaryOperator.Subtract => Arithmetic<Subtraction>,
        BinaryOperator.Multiply => Arithmetic<Multiplication>,
        BinaryOperator.Divide => Arithmetic<Division>,
        BinaryOperator.Modulo => Arithmetic<Remainder>,
        BinaryOperator.Power => Arithmetic<Power>,
        BinaryOperator.Atan2 => Arithmetic<Atan2>,
        BinaryOperator.Equal => Truth<Equal>,
        BinaryOperator.NotEqual => Truth<NotEqual>,
        BinaryOperator.Greater => Truth<Greater>,
        BinaryOperator.Less => Truth<Less>,
        BinaryOperator.GreaterOrEqual => Truth<GreaterOrEqual>,
        BinaryOperator.LessOrEqual => Truth<LessOrEqual>,
        _ => Nothing,
    };

    public static ColumnOperation Scalars(BinaryOperator op) => Values(op);

    /// <summary>Keeps the vector's value where a comparison holds.</summary>
    /// <param name="keepRight">Whether the vector is the right side, the left being a scalar.</param>
    public static ColumnOperation Filter(BinaryOperator op, bool keepRight) => op switch
    {
        BinaryOperator.Equal => keepRight ? FilterRight<Equal> : FilterLeft<Equal>,
        BinaryOperator.NotEqual => keepRight ? FilterRight<NotEqual> : FilterLeft<NotEqual>,
        BinaryOperator.Greater => keepRight ? FilterRight<Greater> : FilterLeft<Greater>,
        BinaryOperator.Less => keepRight ? FilterRight<Less> : FilterLeft<Less>,
        BinaryOperator.GreaterOrEqual => keepRight ? FilterRight<GreaterOrEqual> : FilterLeft<GreaterOrEqual>,
        _ => keepRight ? FilterRight<LessOrEqual> : FilterLeft<LessOrEqual>,
    };

    private static void Arithmetic<T>(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> output)
        where T : struct, IOperation
    {
        right = right[..left.Length];
        output = output[..left.Length];
        for (var step = 0; step < left.Length; step++)
        {
            var a = left[step];
            var b = right[step];
            output[step] = Column.IsAbsent(a) || Column.IsAbsent(b) ? Column.Absent : T.Apply(a, b);
        }
    }

    private static void Truth<T>(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> output)
        where T : struct, IComparison
    {
        for (var step = 0; step < left.Length; step++)
        {
            var a = left[step];
            var b = right[step];
            output[step] = Column.IsAbsent(a) || Column.IsAbsent(b) ? Column.Absent : T.Holds(a, b) ? 1 : 0;
        }
    }

    private static void FilterLeft<T>(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> output)
        where T : struct, IComparison
    {
        for (var step = 0; step < left.Length; step++)
        {
            var a = left[step];
            var b = right[step];
            output[step] = !Column.IsAbsent(a) && !Column.IsAbsent(b) && T.Holds(a, b) ? a : Column.Absent;
        }
    }

    private static void FilterRight<T>(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> output)
        where T : struct, IComparison
    {
        for (var step = 0; step < left.Length; step++)
        {
            var a = left[step];
            var b = right[step];
            output[step] = !Column.IsAbsent(a) && !Column.IsAbsent(b) && T.Holds(a, b) ? b : Column.Absent;
        }
    }

    /// <summary>Histogram trims have no meaning for floats.</summary>
    private static void Nothing(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> output) => output.Fill(Column.Absent);

    private readonly struct Addition : IOperation
    {
        public static double Apply(double left, double right) => left + right;
    }

    private readonly struct Subtraction : IOperation
    {
        public static double Apply(double left, double right) => left - right;
    }

    private readonly struct Multiplication : IOperation
    {
        public static double Apply(double left, double right) => left * right;
    }

    private readonly struct Division : IOperation
    {
        public static double Apply(double left, double right) => left / right;
    }

    private readonly struct Remainder : IOperation
    {
        public static double Apply(double left, double right) => left % right;
    }

    private readonly struct Power : IOperation
    {
        public static double Apply(double left, double right) => Math.Pow(left, right);
    }

    private readonly struct Atan2 : IOperation
    {
        public static double Apply(double left, double right) => Math.Atan2(left, right);
    }

    private readonly struct Equal : IComparison
    {
        public static bool Holds(double left, double right) => left == right;
    }

    private readonly struct NotEqual : IComparison
    {
        public static bool Holds(double left, double right) => left != right;
    }

    private readonly struct Greater : IComparison
    {
        public static bool Holds(double left, double right) => left > right;
    }

    private readonly struct Less : IComparison
    {
        public static bool Holds(double left, double right) => left < right;
    }

    private readonly struct GreaterOrEqual : IComparison
    {
        public static bool Holds(double left, double right) => left >= right;
    }

    private readonly struct LessOrEqual : IComparison
    {
        public static bool Holds(double left, double right) => left <= right;
    }
}
