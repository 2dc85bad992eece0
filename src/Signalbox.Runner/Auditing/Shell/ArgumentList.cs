namespace Signalbox.Runner.Auditing.Shell;

/// <summary>Arguments of a program, told apart into options and the rest.</summary>
internal sealed class ArgumentList
{
    private readonly List<(string Name, string? Value)> _options = [];

    /// <param name="taking">Options that take the word behind them when they have no <c>=</c>.</param>
    public ArgumentList(IEnumerable<ShellWord> words, params ReadOnlySpan<string> taking)
    {
        string? open = null;
        var onlyRest = false;
        foreach (var word in words)
        {
            if (open is not null)
            {
                _options.Add((open, word.Text));
                open = null;
            }
            else if (onlyRest || word.Text is not ['-', _, ..])
            {
                Rest.Add(word);
            }
            else if (word.Text == "--")
            {
                onlyRest = true;
            }
            else
            {
                open = Option(word.Text, taking);
            }
        }
    }

    /// <summary>What is no option.</summary>
    public List<ShellWord> Rest { get; } = [];

    public bool Has(params ReadOnlySpan<string> names)
    {
        foreach (var (name, _) in _options)
        {
            if (names.Contains(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The values of all that were given.</summary>
    public IEnumerable<string> Values(params string[] names) => _options.Where(option => option.Value is not null && names.Contains(option.Name, StringComparer.Ordinal)).Select(static option => option.Value!);

    /// <summary>The value of the last one that was given.</summary>
    public string? Value(params ReadOnlySpan<string> names)
    {
        string? last = null;
        foreach (var (name, value) in _options)
        {
            last = names.Contains(name) ? value : last;
        }

        return last;
    }

    public string? At(int index) => index < Rest.Count ? Rest[index].Text : null;

    /// <returns>The option's name when its value is the next word.</returns>
    private string? Option(string text, ReadOnlySpan<string> taking)
    {
        var equals = text.StartsWith("--", StringComparison.Ordinal) ? text.IndexOf('=', StringComparison.Ordinal) : -1;
        if (equals > 0)
        {
            _options.Add((text[..equals], text[(equals + 1)..]));
            return null;
        }

        if (taking.Contains(text))
        {
            return text;
        }

        // A short option may have its value at once: -XPOST; or stand for several, of which the last may take a value: -fd, -sX POST.
        for (var at = 1; text is ['-', not '-', _, ..] && at < text.Length; at++)
        {
            var name = $"-{text[at]}";
            if (!taking.Contains(name))
            {
                _options.Add((name, null));
                continue;
            }

            if (at + 1 == text.Length)
            {
                return name;
            }

            _options.Add((name, text[(at + 1)..].TrimStart('=')));
            return null;
        }

        _options.Add((text, null));
        return null;
    }
}
