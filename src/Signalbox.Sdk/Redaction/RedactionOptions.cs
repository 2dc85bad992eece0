using System.Security.Cryptography;

namespace Signalbox.Sdk.Redaction;

/// <summary>What a <see cref="Redactor"/> looks for and how it marks what it erased.</summary>
public sealed record RedactionOptions
{
    private readonly ReadOnlyMemory<byte>? _key;

    /// <summary>The key of the markers' tags, at least 16 bytes. With the same key equal secrets have equal tags, also across processes. Default: random for each process.</summary>
    public ReadOnlyMemory<byte> Key
    {
        get => _key ?? ProcessKey.Bytes;
        init => _key = value;
    }

    /// <summary>The rules; the earlier of two that find the same place gives it its name. Default: <see cref="RedactionRules.All"/>.</summary>
    public IReadOnlyList<RedactionRule> Rules { get; init; } = RedactionRules.All;

    /// <summary>Rules of one's own, tried before <see cref="Rules"/>.</summary>
    public IReadOnlyList<RedactionRule> AdditionalRules { get; init; } = [];

    /// <summary>Ids of rules that are not used. Default: none.</summary>
    public IReadOnlyList<string> DisabledRules { get; init; } = [];

    /// <summary>
    /// JSON Pointer patterns of members that are erased whole: <c>/headers/authorization</c>; <c>*</c> is any one segment, <c>**</c> any number of them,
    /// as in <c>/**/password</c>. Names in any case. Default: none.
    /// </summary>
    public IReadOnlyList<string> Masks { get; init; } = [];

    /// <summary>JSON Pointer patterns of subtrees that are left alone. Default: none.</summary>
    public IReadOnlyList<string> AllowPaths { get; init; } = [];

    /// <summary>Names of members that are erased whole, beside those that Signalbox knows. A name is compared by its last words: <c>card number</c> finds <c>customerCardNumber</c>.</summary>
    public IReadOnlyList<string> MaskedNames { get; init; } = [];

    /// <summary>Names of members that are not erased by their names, by their last words as above: <c>page token</c>.</summary>
    public IReadOnlyList<string> AllowedNames { get; init; } = [];

    /// <summary>Words that tell an example from a secret. Default: example, sample, dummy, changeme, placeholder, redacted, fake.</summary>
    public IReadOnlyList<string> StopWords { get; init; } = ["example", "sample", "dummy", "changeme", "placeholder", "redacted", "fake"];

    /// <summary>Secrets that are exactly one of these are left alone, whichever rule finds them.</summary>
    public IReadOnlyList<string> AllowValues { get; init; } = [];

    /// <summary>Secrets that match one of these regular expressions are left alone, whichever rule finds them.</summary>
    public IReadOnlyList<string> AllowPatterns { get; init; } = [];

    /// <summary>How long one pattern may take on one stretch of text; a text for which it is not enough is erased whole. 1 ms – 1 min, default 1 s.</summary>
    public TimeSpan MatchTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest stretch that a pattern is given at once, in UTF-16 units; longer texts are scanned in stretches that overlap by an eighth. 1,024 – 16,777,216, default 65,536.</summary>
    public int WindowLength { get; init; } = 65_536;

    /// <summary>Deepest level of a JSON tree that is looked at; what lies deeper is erased whole. 1 – 512, default 64.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Made when it is first asked for: options that are given a key do without it.</summary>
    private static class ProcessKey
    {
        public static byte[] Bytes { get; } = RandomNumberGenerator.GetBytes(32);
    }
}
