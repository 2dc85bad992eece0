namespace Signalbox.PromQL.Syntax;

/// <summary>What a token of a PromQL text is.</summary>
internal enum TokenKind
{
    EndOfInput,
    Word,
    Number,
    Duration,
    String,
    LeftParen,
    RightParen,
    LeftBrace,
    RightBrace,
    LeftBracket,
    RightBracket,
    Comma,
    Colon,
    Assign,
    RegexMatch,
    RegexNoMatch,
    At,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Power,
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
    TrimUpper,
    TrimLower,
}

/// <summary>One token with its place in the query's text.</summary>
/// <param name="Text">The token as written; for a string, its decoded value.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int End)
{
    public bool IsWord(string word) => Kind == TokenKind.Word && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);
}
