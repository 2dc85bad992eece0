namespace Signalbox.Sdk.Redaction;

/// <summary>Checks options and makes their rules ready.</summary>
internal static class RuleSet
{
    public const int MinKeyLength = 16;

    public static CompiledRule[] Compile(RedactionOptions options)
    {
        CheckBounds(options);
        var disabled = options.DisabledRules.ToHashSet(StringComparer.Ordinal);
        var rules = options.AdditionalRules.Concat(options.Rules).Where(rule => !disabled.Contains(rule.Id)).ToList();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            if (!ids.Add(rule.Id))
            {
                throw new RedactionRuleException(rule.Id, $"Redaction rule {rule.Id}: there are two rules of this id.");
            }
        }

        var compiled = new CompiledRule[rules.Count];
        for (var index = 0; index < compiled.Length; index++)
        {
            compiled[index] = new CompiledRule(rules[index], index, options);
            Check(rules[index]);

            // Built-in rules are built when they are needed, and a test builds them all; those of others are built now, so that their errors come at the start.
            if (index < options.AdditionalRules.Count || !ReferenceEquals(options.Rules, RedactionRules.All))
            {
                compiled[index].Check();
            }
        }

        return compiled;
    }

    private static void Check(RedactionRule rule)
    {
        if (!RedactionMarker.IsId(rule.Id))
        {
            throw new RedactionRuleException(rule.Id, $"Redaction rule {rule.Id}: an id has 1 to {RedactionMarker.MaxIdLength} lower-case letters, digits, dots and hyphens.");
        }

        if (rule.MinimumEntropy is not (>= 0 and <= 8))
        {
            throw new RedactionRuleException(rule.Id, $"Redaction rule {rule.Id}: the entropy {rule.MinimumEntropy} is not between 0 and 8 bits a character.");
        }

        foreach (var keyword in rule.Keywords)
        {
            if (keyword.Length == 0 || !System.Text.Ascii.IsValid(keyword))
            {
                throw new RedactionRuleException(rule.Id, $"Redaction rule {rule.Id}: the keyword '{keyword}' is empty or has characters beyond ASCII.");
            }
        }
    }

    private static void CheckBounds(RedactionOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Key.Length, MinKeyLength, $"{nameof(options)}.{nameof(options.Key)}");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MatchTimeout, TimeSpan.FromMilliseconds(1), $"{nameof(options)}.{nameof(options.MatchTimeout)}");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MatchTimeout, TimeSpan.FromMinutes(1), $"{nameof(options)}.{nameof(options.MatchTimeout)}");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.WindowLength, 1024, $"{nameof(options)}.{nameof(options.WindowLength)}");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.WindowLength, 16_777_216, $"{nameof(options)}.{nameof(options.WindowLength)}");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxDepth, 1, $"{nameof(options)}.{nameof(options.MaxDepth)}");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxDepth, 512, $"{nameof(options)}.{nameof(options.MaxDepth)}");
    }
}
