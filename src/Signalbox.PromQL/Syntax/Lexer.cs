namespace Signalbox.PromQL.Syntax;

/// <summary>Splits a query's text into tokens.</summary>
internal sealed class Lexer
{
    private readonly string _text;
    private readonly List<Token> _tokens = [];
    private readonly Stack<(char Open, int At)> _open = new();
    private int _position;
    private int _brackets;

    private Lexer(string text)
    {
        _text = text;
    }

    /// <summary>All tokens, the last one being <see cref="TokenKind.EndOfInput"/>.</summary>
    /// <exception cref="PromQLParseException">The text holds something that is no token, or brackets do not pair.</exception>
    public static List<Token> Tokenize(string text)
    {
        var lexer = new Lexer(text);
        while (lexer.Next())
        {
        }

        return lexer._tokens;
    }

    private char Current => _position < _text.Length ? _text[_position] : '\0';

    private bool InBrackets => _brackets > 0;

    private bool Next()
    {
        SkipSpaceAndComments();
        var start = _position;
        if (_position >= _text.Length)
        {
            if (_open.TryPeek(out var open))
            {
                throw Fail(open.At, _position, open.Open switch
                {
                    '(' => "unclosed left parenthesis",
                    '[' => "unclosed left bracket",
                    _ => "unexpected end of input inside braces",
                });
            }

            Add(TokenKind.EndOfInput, start);
            return false;
        }

        var c = Current;
        if (c is '"' or '\'' or '`')
        {
            LexString(c);
        }
        else if (char.IsAsciiDigit(c) || (c == '.' && _position + 1 < _text.Length && char.IsAsciiDigit(_text[_position + 1])))
        {
            LexNumberOrDuration();
        }
        else if (char.IsAsciiLetter(c) || c == '_' || (c == ':' && !InBrackets))
        {
            LexWord();
        }
        else
        {
            LexSymbol(c);
        }

        return true;
    }

    private void SkipSpaceAndComments()
    {
        while (_position < _text.Length)
        {
            if (Current is ' ' or '\t' or '\n' or '\r')
            {
                _position++;
            }
            else if (Current == '#')
            {
                var lineEnd = _text.AsSpan(_position).IndexOfAny('\n', '\r');
                _position = lineEnd < 0 ? _text.Length : _position + lineEnd;
            }
            else
            {
                return;
            }
        }
    }

    private void LexWord()
    {
        var start = _position;
        var colons = !InBrackets;
        while (char.IsAsciiLetterOrDigit(Current) || Current == '_' || (colons && Current == ':'))
        {
            _position++;
        }

        Add(TokenKind.Word, start);
    }

    private void LexString(char quote)
    {
        var start = _position++;
        while (_position < _text.Length && Current != quote)
        {
            if (quote != '`' && Current == '\n')
            {
                break;
            }

            _position += quote != '`' && Current == '\\' ? 2 : 1;
        }

        if (_position >= _text.Length || Current != quote)
        {
            _position = Math.Min(_position, _text.Length);
            throw Fail(start, _position, quote == '`' ? "unterminated raw string" : "unterminated quoted string");
        }

        var body = _text.AsSpan(start + 1, _position - start - 1);
        _position++;
        if (quote == '`')
        {
            _tokens.Add(new Token(TokenKind.String, body.ToString().Replace("\r", string.Empty, StringComparison.Ordinal), start, _position));
            return;
        }

        var value = StringText.Decode(body, quote, out var error) ?? throw Fail(start, _position, error);
        _tokens.Add(new Token(TokenKind.String, value, start, _position));
    }

    private void LexNumberOrDuration()
    {
        var start = _position;
        if (ScanNumber() && !IsWordCharacter(Current))
        {
            Add(TokenKind.Number, start);
            return;
        }

        _position = start;
        while (IsWordCharacter(Current))
        {
            _position++;
        }

        var text = _text.AsSpan(start, _position - start);
        if (!DurationText.TryParse(text, out _) || text is "0")
        {
            _position = Math.Max(_position, start + 1);
            throw Fail(start, _position, $"bad number or duration syntax: {StringText.Quote(_text[start.._position])}");
        }

        Add(TokenKind.Duration, start);
    }

    private bool ScanNumber()
    {
        var hexadecimal = Current == '0' && _position + 1 < _text.Length && _text[_position + 1] is 'x' or 'X';
        var start = _position;
        _position += hexadecimal ? 2 : 0;
        var end = _position;
        var exponent = hexadecimal ? 'p' : 'e';
        var point = false;
        while (true)
        {
            var c = Current;
            if (c == '.' && !point)
            {
                point = true;
                end = ++_position;
            }
            else if ((c | 0x20) == exponent)
            {
                _position++;
                _position += Current is '+' or '-' ? 1 : 0;
                while (char.IsAsciiDigit(Current) || Current == '_')
                {
                    end = ++_position;
                }

                break;
            }
            else if (char.IsAsciiDigit(c) || c == '_' || (hexadecimal && char.IsAsciiHexDigit(c)))
            {
                end = ++_position;
            }
            else
            {
                break;
            }
        }

        return end == _position && NumberText.TryParse(_text[start..end], out _);
    }

    private void LexSymbol(char c)
    {
        var start = _position;
        var next = _position + 1 < _text.Length ? _text[_position + 1] : '\0';
        var kind = (c, next) switch
        {
            ('=', '=') => TokenKind.Equal,
            ('=', '~') => TokenKind.RegexMatch,
            ('!', '=') => TokenKind.NotEqual,
            ('!', '~') => TokenKind.RegexNoMatch,
            ('<', '=') => TokenKind.LessOrEqual,
            ('<', '/') => TokenKind.TrimUpper,
            ('>', '=') => TokenKind.GreaterOrEqual,
            ('>', '/') => TokenKind.TrimLower,
            _ => TokenKind.EndOfInput,
        };
        if (kind != TokenKind.EndOfInput)
        {
            _position += 2;
            Add(kind, start);
            return;
        }

        kind = Single(c);
        if (kind == TokenKind.EndOfInput)
        {
            throw Fail(start, start + 1, $"unexpected character: {QuoteCharacter()}");
        }

        Balance(c, start);
        _position++;
        Add(kind, start);
    }

    private static TokenKind Single(char c) => c switch
    {
        '(' => TokenKind.LeftParen,
        ')' => TokenKind.RightParen,
        '{' => TokenKind.LeftBrace,
        '}' => TokenKind.RightBrace,
        '[' => TokenKind.LeftBracket,
        ']' => TokenKind.RightBracket,
        ',' => TokenKind.Comma,
        ':' => TokenKind.Colon,
        '=' => TokenKind.Assign,
        '@' => TokenKind.At,
        '+' => TokenKind.Add,
        '-' => TokenKind.Subtract,
        '*' => TokenKind.Multiply,
        '/' => TokenKind.Divide,
        '%' => TokenKind.Modulo,
        '^' => TokenKind.Power,
        '>' => TokenKind.Greater,
        '<' => TokenKind.Less,
        _ => TokenKind.EndOfInput,
    };

    private void Balance(char c, int at)
    {
        _brackets += c switch { '[' => 1, ']' => -1, _ => 0 };
        if (c is '(' or '[' or '{')
        {
            _open.Push((c, at));
            return;
        }

        var open = c switch { ')' => '(', ']' => '[', '}' => '{', _ => '\0' };
        if (open == '\0')
        {
            return;
        }

        if (!_open.TryPop(out var top) || top.Open != open)
        {
            throw Fail(at, at + 1, c switch
            {
                ')' => "unexpected right parenthesis ')'",
                ']' => "unexpected right bracket ']'",
                _ => "unexpected right brace '}'",
            });
        }
    }

    private string QuoteCharacter()
    {
        _ = System.Text.Rune.DecodeFromUtf16(_text.AsSpan(_position), out var rune, out _);
        return $"'{rune}'";
    }

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private void Add(TokenKind kind, int start) => _tokens.Add(new Token(kind, _text[start.._position], start, _position));

    private PromQLParseException Fail(int start, int end, string message) => new(_text, new TextRange(start, end), message);
}
