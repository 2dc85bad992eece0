namespace Signalbox.Sdk.Redaction;

/// <summary>One kind of secret: how it looks, and what looks like it without being one.</summary>
public sealed record RedactionRule
{
    /// <summary>Lower-case letters, digits, dots and hyphens, at most 48 characters; it stands in every marker the rule leaves.</summary>
    public required string Id { get; init; }

    public required string Description { get; init; }

    /// <summary>A regular expression for the non-backtracking engine: no look-around, no back references; culture-invariant, case-sensitive unless it says otherwise.</summary>
    public required string Pattern { get; init; }

    /// <summary>The group that is erased. Default: the group <c>secret</c> where the pattern has one, otherwise the whole match.</summary>
    public string? SecretGroup { get; init; }

    /// <summary>Least Shannon entropy of the secret in bits a character, 0–8. Default 0: not looked at.</summary>
    public double MinimumEntropy { get; init; }

    /// <summary>The rule is tried only near one of these texts, ASCII, any case. Default: none, which means everywhere and costs time on every text.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>Secrets that match one of these regular expressions are left alone.</summary>
    public IReadOnlyList<string> AllowPatterns { get; init; } = [];

    /// <summary>Secrets that are exactly one of these are left alone.</summary>
    public IReadOnlyList<string> AllowValues { get; init; } = [];

    /// <summary>Secrets that contain one of these as a word are left alone, any case. Null: the words of <see cref="RedactionOptions.StopWords"/>.</summary>
    public IReadOnlyList<string>? StopWords { get; init; }

    /// <summary>JSON Pointer patterns (see <see cref="RedactionOptions.Masks"/>) to which the rule is confined; it is then not used on plain text. Default: everywhere.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Whether a match may go over the end of a line. Default true; a rule of one line is faster on long texts.</summary>
    public bool Multiline { get; init; } = true;

    /// <summary>So many characters behind the keyword must be characters of a token before the pattern is tried at all.</summary>
    internal int Tail { get; init; }

    /// <summary>What a regular expression cannot say about the place of a keyword; asked before the pattern is tried.</summary>
    internal KeywordCheck? Confirm { get; init; }

    /// <summary>What a regular expression cannot say about a match.</summary>
    internal MatchCheck? Filter { get; init; }
}

/// <summary>Whether the rule is worth trying where a keyword ends.</summary>
internal delegate bool KeywordCheck(ReadOnlySpan<char> text, int keywordEnd);

/// <summary>Whether a match is a secret.</summary>
internal delegate bool MatchCheck(in SecretCandidate candidate);

/// <summary>A match with what stands around it.</summary>
/// <param name="before">The text of the match before the secret.</param>
/// <param name="after">The character behind the secret; a line feed at the end.</param>
internal readonly ref struct SecretCandidate(ReadOnlySpan<char> before, ReadOnlySpan<char> secret, char after)
{
    public ReadOnlySpan<char> Before { get; } = before;

    public ReadOnlySpan<char> Secret { get; } = secret;

    public char After { get; } = after;
}
