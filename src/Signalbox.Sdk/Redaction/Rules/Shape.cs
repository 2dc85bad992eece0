namespace Signalbox.Sdk.Redaction.Rules;

/// <summary>Pieces of which the built-in rules are made.</summary>
internal static class Shape
{
    /// <summary>The beginning of a word, also behind an escape of JSON or of a URL, whose last character is a letter or a digit.</summary>
    public const string Start = @"(?:\b|\\[nrtu]|%[0-9A-Fa-f]{2})";

    public const string End = "(?:[^A-Za-z0-9_-]|$)";

    /// <summary>A rule for secrets that begin in a way of their own.</summary>
    /// <param name="tail">Characters of a token that follow each keyword at least.</param>
    public static RedactionRule Token(string id, string description, string pattern, int tail, params string[] keywords) => new()
    {
        Id = id,
        Description = description,
        Pattern = pattern,
        Keywords = keywords,
        Multiline = false,
        StopWords = [],
        Tail = tail,
    };

    /// <summary>A rule for secrets that only their neighbourhood tells from other words.</summary>
    /// <param name="names">A regular expression of what stands before the secret on its line, any case.</param>
    /// <param name="secret">A regular expression of the secret alone.</param>
    public static RedactionRule Near(string id, string description, string names, string secret, params string[] keywords) => new()
    {
        Id = id,
        Description = description,
        Pattern = $@"(?:^|[^A-Za-z0-9+/])(?i:{names})[\w .\-]{{0,32}}[""'\\\]]{{0,4}}\s{{0,4}}(?:=>|:=|[=:,\s""'])\s{{0,4}}[""'\\]{{0,4}}(?<secret>{secret}){End}",
        Keywords = keywords,
        Multiline = false,
        MinimumEntropy = 2.5,
        Filter = Plausibility.MixedValue,
    };
}
