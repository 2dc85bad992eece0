using System.Text.RegularExpressions;

namespace Signalbox.Sdk.Redaction;

/// <summary>A rule ready to be used; its expression is built when a keyword first asks for it.</summary>
internal sealed class CompiledRule
{
    private const string UsualGroup = "secret";
    private readonly Lazy<Regex> _pattern;
    private readonly Lazy<Regex[]> _allowed;
    private readonly string[] _stopWords;
    private readonly HashSet<string> _allowValues;

    public CompiledRule(RedactionRule rule, int priority, RedactionOptions options)
    {
        Rule = rule;
        Priority = priority;
        Paths = [.. rule.Paths.Select(static path => new PointerPattern(path))];
        _pattern = new Lazy<Regex>(() => Build(rule.Id, rule.Pattern, options.MatchTimeout));
        _allowed = new Lazy<Regex[]>(() => [.. options.AllowPatterns.Concat(rule.AllowPatterns).Select(pattern => Build(rule.Id, pattern, options.MatchTimeout))]);
        _stopWords = [.. rule.StopWords ?? options.StopWords];
        _allowValues = new HashSet<string>(options.AllowValues.Concat(rule.AllowValues), StringComparer.Ordinal);
    }

    public RedactionRule Rule { get; }

    /// <summary>Of two rules that find the same place the lower one names it.</summary>
    public int Priority { get; }

    public IReadOnlyList<PointerPattern> Paths { get; }

    /// <summary>Builds the expressions now.</summary>
    /// <exception cref="RedactionRuleException">One of them cannot be used.</exception>
    public void Check()
    {
        _ = _allowed.Value;
        var pattern = _pattern.Value;
        if (Rule.SecretGroup is { } group && Array.IndexOf(pattern.GetGroupNames(), group) < 0)
        {
            throw new RedactionRuleException(Rule.Id, $"Redaction rule {Rule.Id}: its pattern has no group named {group}.");
        }
    }

    /// <summary>Finds the rule's secrets in a stretch of a text.</summary>
    /// <param name="offset">Where the stretch begins in the text.</param>
    /// <returns>The end of the last match in the stretch, erased or not; 0 without a match.</returns>
    public int Find(ReadOnlySpan<char> stretch, int offset, ref List<FoundSecret>? found)
    {
        // Most stretches hold nothing; only one that does is made a string, which the groups of a match are had from.
        if (!_pattern.Value.IsMatch(stretch))
        {
            return 0;
        }

        var end = 0;
        var text = stretch.ToString();
        for (var match = _pattern.Value.Match(text); match.Success; match = match.NextMatch())
        {
            end = match.Index + match.Length;
            var group = match.Groups[Rule.SecretGroup ?? UsualGroup];
            Capture secret = group.Success ? group : match;
            if (secret.Length > 0 && IsSecret(text, match, secret))
            {
                (found ??= []).Add(new FoundSecret(offset + secret.Index, offset + secret.Index + secret.Length, this));
            }
        }

        return end;
    }

    private static Regex Build(string rule, string pattern, TimeSpan timeout)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, timeout);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new RedactionRuleException(rule, $"Redaction rule {rule}: the pattern {pattern} cannot be used: {exception.Message}", exception);
        }
    }

    private bool IsSecret(string text, Match match, Capture secret)
    {
        var value = secret.ValueSpan;
        if (RedactionMarker.IsOne(value))
        {
            return false;
        }

        foreach (var word in _stopWords)
        {
            if (Placeholders.HasWord(value, word))
            {
                return false;
            }
        }

        if (Rule.MinimumEntropy > 0 && Entropy.Of(value) < Rule.MinimumEntropy)
        {
            return false;
        }

        if (_allowValues.Count > 0 && _allowValues.GetAlternateLookup<ReadOnlySpan<char>>().Contains(value))
        {
            return false;
        }

        foreach (var allowed in _allowed.Value)
        {
            if (allowed.IsMatch(value))
            {
                return false;
            }
        }

        var end = secret.Index + secret.Length;
        return Rule.Filter is not { } filter
            || filter(new SecretCandidate(text.AsSpan(match.Index, secret.Index - match.Index), value, end < text.Length ? text[end] : '\n'));
    }
}

/// <summary>A stretch of a text that is to be erased.</summary>
internal readonly record struct FoundSecret(int Start, int End, CompiledRule Rule);
