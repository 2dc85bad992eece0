namespace Signalbox.PromQL.Syntax;

/// <summary>An operator between two expressions.</summary>
public enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Power,
    Atan2,
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
    TrimUpper,
    TrimLower,
    And,
    Or,
    Unless,
}

/// <summary>How many series of each side of an operator may belong together.</summary>
public enum MatchCardinality
{
    OneToOne,
    ManyToOne,
    OneToMany,
    ManyToMany,
}

/// <summary>How the series of an operator's two sides find each other.</summary>
public sealed class VectorMatching
{
    public MatchCardinality Cardinality { get; internal set; }

    public IReadOnlyList<string> Labels { get; internal set; } = [];

    /// <summary>Whether <see cref="Labels"/> are the ones compared, rather than the ones ignored.</summary>
    public bool On { get; internal set; }

    /// <summary>Labels taken over from the "one" side.</summary>
    public IReadOnlyList<string> Include { get; internal set; } = [];

    /// <summary>The value of a missing left sample; null means no fill.</summary>
    public double? FillLeft { get; internal set; }

    /// <summary>The value of a missing right sample; null means no fill.</summary>
    public double? FillRight { get; internal set; }
}

/// <summary>An operation on two expressions.</summary>
public sealed class BinaryExpr : Expr
{
    public required BinaryOperator Operator { get; init; }

    public required Expr Left { get; init; }

    public required Expr Right { get; init; }

    public bool ReturnBool { get; init; }

    /// <summary>Null unless both sides are instant vectors.</summary>
    public VectorMatching? Matching { get; internal set; }

    public override ExprType Type =>
        Left.Type == ExprType.Scalar && Right.Type == ExprType.Scalar ? ExprType.Scalar : ExprType.InstantVector;
}

/// <summary>Names and ranks of operators.</summary>
internal static class Operators
{
    public static string Text(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Modulo => "%",
        BinaryOperator.Power => "^",
        BinaryOperator.Atan2 => "atan2",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Greater => ">",
        BinaryOperator.Less => "<",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.TrimUpper => "</",
        BinaryOperator.TrimLower => ">/",
        BinaryOperator.And => "and",
        BinaryOperator.Or => "or",
        _ => "unless",
    };

    public static int Precedence(BinaryOperator op) => op switch
    {
        BinaryOperator.Or => 1,
        BinaryOperator.And or BinaryOperator.Unless => 2,
        BinaryOperator.Add or BinaryOperator.Subtract => 4,
        BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Modulo or BinaryOperator.Atan2 => 5,
        BinaryOperator.Power => 6,
        _ => 3,
    };

    public static bool IsComparison(BinaryOperator op) =>
        op is BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.Greater or BinaryOperator.Less
            or BinaryOperator.GreaterOrEqual or BinaryOperator.LessOrEqual;

    public static bool IsSet(BinaryOperator op) => op is BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Unless;

    public static BinaryOperator? Find(Token token) => token.Kind switch
    {
        TokenKind.Add => BinaryOperator.Add,
        TokenKind.Subtract => BinaryOperator.Subtract,
        TokenKind.Multiply => BinaryOperator.Multiply,
        TokenKind.Divide => BinaryOperator.Divide,
        TokenKind.Modulo => BinaryOperator.Modulo,
        TokenKind.Power => BinaryOperator.Power,
        TokenKind.Equal => BinaryOperator.Equal,
        TokenKind.NotEqual => BinaryOperator.NotEqual,
        TokenKind.Greater => BinaryOperator.Greater,
        TokenKind.Less => BinaryOperator.Less,
        TokenKind.GreaterOrEqual => BinaryOperator.GreaterOrEqual,
        TokenKind.LessOrEqual => BinaryOperator.LessOrEqual,
        TokenKind.TrimUpper => BinaryOperator.TrimUpper,
        TokenKind.TrimLower => BinaryOperator.TrimLower,
        TokenKind.Word when token.IsWord("and") => BinaryOperator.And,
        TokenKind.Word when token.IsWord("or") => BinaryOperator.Or,
        TokenKind.Word when token.IsWord("unless") => BinaryOperator.Unless,
        TokenKind.Word when token.IsWord("atan2") => BinaryOperator.Atan2,
        _ => null,
    };
}
