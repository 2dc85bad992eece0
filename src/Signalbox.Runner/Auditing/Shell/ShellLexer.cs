using System.Text;

namespace Signalbox.Runner.Auditing.Shell;

/// <summary>Divides a POSIX shell's command line into simple commands and their words.</summary>
/// <remarks>
/// Commands within command substitutions are found, too, because they run; what stands in quotes, comments and here-documents is text and never taken for a command.
/// It reads, it does not run: variables stay as they are written. Whatever it is given it comes to an end; what is longer or nested deeper than the bounds is not looked at.
/// Source: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
/// </remarks>
internal sealed class ShellLexer
{
    private const int MaxLength = 256 * 1024;
    private const int MaxDepth = 16;
    private const int MaxCommands = 1000;

    private readonly string _text;
    private readonly int _depth;
    private readonly List<IReadOnlyList<ShellWord>> _commands;
    private readonly List<(string Delimiter, bool StripsTabs)> _documents = [];
    private readonly List<ShellWord> _words = [];
    private readonly StringBuilder _word = new();
    private bool _inWord;
    private bool _quoted;
    private bool _certain = true;
    private Expected _expected;
    private int _at;

    private ShellLexer(string text, int at, int depth, List<IReadOnlyList<ShellWord>> commands) => (_text, _at, _depth, _commands) = (text, at, depth, commands);

    /// <summary>What the next word is, beside an argument.</summary>
    private enum Expected
    {
        Argument,
        RedirectionTarget,
        DocumentDelimiter,
        IndentedDocumentDelimiter,
    }

    /// <returns>The words of each simple command, those of substitutions before the command they stand in; reserved words such as <c>then</c> are words like any other.</returns>
    public static IReadOnlyList<IReadOnlyList<ShellWord>> Read(string text)
    {
        var commands = new List<IReadOnlyList<ShellWord>>();
        if (text.Length <= MaxLength)
        {
            new ShellLexer(text, 0, 0, commands).Run(nested: false);
        }

        return commands;
    }

    /// <returns>Where it stopped: behind the closing parenthesis when nested, else at the end.</returns>
    private int Run(bool nested)
    {
        var parentheses = 0;
        while (_at < _text.Length && _commands.Count < MaxCommands)
        {
            switch (_text[_at])
            {
                case ')' when nested && parentheses == 0:
                    EndCommand();
                    return _at + 1;
                case ')':
                    parentheses = Math.Max(0, parentheses - 1);
                    EndCommand();
                    _at++;
                    break;
                case '(' when _inWord && _word.Length > 0 && _word[^1] == '=':
                    SkipArray();
                    break;
                case '(':
                    parentheses++;
                    EndCommand();
                    _at++;
                    break;
                default:
                    Step();
                    break;
            }
        }

        EndCommand();
        return _text.Length;
    }

    private void Step()
    {
        switch (_text[_at])
        {
            case '\\':
                Escape();
                break;
            case '\'':
                SingleQuoted();
                break;
            case '"':
                _at++;
                DoubleQuoted();
                break;
            case '$':
                Dollar();
                break;
            case '`':
                Backquoted();
                break;
            case ' ' or '\t' or '\r':
                EndWord();
                _at++;
                break;
            case '\n':
                EndCommand();
                _at++;
                SkipDocuments();
                break;
            case '#' when !_inWord:
                SkipComment();
                break;
            case '&' when Next == '>':
                EndWord();
                _at += Peek(2) == '>' ? 3 : 2;
                _expected = Expected.RedirectionTarget;
                break;
            case ';' or '&' or '|':
                EndCommand();
                _at++;
                break;
            case '<' or '>':
                Redirection();
                break;
            default:
                Append(_text[_at++]);
                break;
        }
    }

    private char Next => Peek(1);

    private char Peek(int distance) => _at + distance < _text.Length ? _text[_at + distance] : '\0';

    private void Append(char character)
    {
        _inWord = true;
        _word.Append(character);
    }

    private void Escape()
    {
        if (Next != '\n' && _at + 1 < _text.Length)
        {
            Append(_text[_at + 1]);
            _quoted = true;
        }

        _at += 2;
    }

    private void SingleQuoted()
    {
        var end = _text.IndexOf('\'', _at + 1);
        end = end < 0 ? _text.Length : end;
        Quote(_text.AsSpan(_at + 1, end - _at - 1));
        _at = end + 1;
    }

    private void Quote(ReadOnlySpan<char> literal)
    {
        (_inWord, _quoted) = (true, true);
        _word.Append(literal);
    }

    private void DoubleQuoted()
    {
        Quote([]);
        while (_at < _text.Length && _text[_at] != '"')
        {
            switch (_text[_at])
            {
                case '\\' when Next is '$' or '`' or '"' or '\\':
                    Append(Next);
                    _at += 2;
                    break;
                case '\\' when Next == '\n':
                    _at += 2;
                    break;
                case '$' when Next is not ('\'' or '"'):
                    Dollar();
                    break;
                case '`':
                    Backquoted();
                    break;
                default:
                    Append(_text[_at++]);
                    break;
            }
        }

        _at++;
    }

    private void Dollar()
    {
        switch (Next)
        {
            case '(' when Peek(2) == '(':
                PutIn(Balanced(_at + 1, '(', ')'));
                break;
            case '(':
                PutIn(Nested(_text, _at + 2));
                break;
            case '{':
                PutIn(Balanced(_at + 1, '{', '}'));
                break;
            case '\'':
                AnsiQuoted();
                break;
            case '"':
                _at++;
                break;
            default:
                _certain &= !(char.IsAsciiLetterOrDigit(Next) || Next is '_' or '@' or '*' or '#' or '?' or '$' or '!' or '-');
                Append('$');
                _at++;
                break;
        }
    }

    /// <summary>Something that the shell replaces: it stays as it was written, and the word is not certain any more.</summary>
    private void PutIn(int end)
    {
        (_inWord, _certain) = (true, false);
        _word.Append(_text, _at, Math.Min(end, _text.Length) - _at);
        _at = end;
    }

    private int Nested(string text, int at) => _depth >= MaxDepth ? Balanced(at - 1, '(', ')') : new ShellLexer(text, at, _depth + 1, _commands).Run(nested: true);

    private int Balanced(int at, char open, char close)
    {
        var depth = 0;
        for (; at < _text.Length; at++)
        {
            if (_text[at] == open)
            {
                depth++;
            }
            else if (_text[at] == close && --depth == 0)
            {
                return at + 1;
            }
        }

        return _text.Length;
    }

    private void AnsiQuoted()
    {
        Quote([]);
        for (_at += 2; _at < _text.Length && _text[_at] != '\''; _at++)
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
            {
                _at++;
                Append(_text[_at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other });
            }
            else
            {
                Append(_text[_at]);
            }
        }

        _at++;
    }

    private void Backquoted()
    {
        var inner = new StringBuilder();
        var at = _at + 1;
        for (; at < _text.Length && _text[at] != '`'; at++)
        {
            if (_text[at] == '\\' && at + 1 < _text.Length && _text[at + 1] is '`' or '\\' or '$')
            {
                at++;
            }

            inner.Append(_text[Math.Min(at, _text.Length - 1)]);
        }

        if (_depth < MaxDepth)
        {
            new ShellLexer(inner.ToString(), 0, _depth + 1, _commands).Run(nested: false);
        }

        PutIn(at + 1);
    }

    private void SkipArray()
    {
        PutIn(Balanced(_at, '(', ')'));
    }

    private void SkipComment()
    {
        var end = _text.IndexOf('\n', _at);
        _at = end < 0 ? _text.Length : end;
    }

    private void Redirection()
    {
        if (_inWord && !_quoted && _word.Length is > 0 and <= 4 && _word.ToString().All(char.IsAsciiDigit))
        {
            // The number of the file that is redirected belongs to the operator.
            _word.Clear();
            _inWord = false;
        }

        EndWord();
        if (Next == '(')
        {
            _at = Nested(_text, _at + 2);
            return;
        }

        var isDocument = _text[_at] == '<' && Next == '<' && Peek(2) != '<';
        if (isDocument)
        {
            var indented = Peek(2) == '-';
            _expected = indented ? Expected.IndentedDocumentDelimiter : Expected.DocumentDelimiter;
            _at += indented ? 3 : 2;
            return;
        }

        while (_at < _text.Length && _text[_at] is '<' or '>' or '&' or '|')
        {
            _at++;
        }

        _expected = Expected.RedirectionTarget;
    }

    private void SkipDocuments()
    {
        foreach (var (delimiter, stripsTabs) in _documents)
        {
            while (_at < _text.Length)
            {
                var end = _text.IndexOf('\n', _at);
                end = end < 0 ? _text.Length : end;
                var line = _text.AsSpan(_at, end - _at);
                _at = Math.Min(end + 1, _text.Length);
                if ((stripsTabs ? line.TrimStart('\t') : line).TrimEnd('\r').SequenceEqual(delimiter))
                {
                    break;
                }
            }
        }

        _documents.Clear();
    }

    private void EndWord()
    {
        if (!_inWord)
        {
            return;
        }

        switch (_expected)
        {
            case Expected.DocumentDelimiter or Expected.IndentedDocumentDelimiter:
                _documents.Add((_word.ToString(), _expected == Expected.IndentedDocumentDelimiter));
                break;
            case Expected.Argument:
                _words.Add(new ShellWord(_word.ToString(), _certain));
                break;
        }

        _expected = Expected.Argument;
        _word.Clear();
        (_inWord, _quoted, _certain) = (false, false, true);
    }

    private void EndCommand()
    {
        EndWord();
        _expected = Expected.Argument;
        if (_words.Count > 0)
        {
            _commands.Add([.. _words]);
            _words.Clear();
        }
    }
}
