using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Usage;

/// <summary>Arithmetic of token counts, and the names of models they are kept under.</summary>
internal static class ModelTokens
{
    public const string UnknownModel = "unknown";

    public static readonly string[] Kinds = ["input", "output", "cache_read", "cache_creation"];

    public static TokenCounts None { get; } = new(0, 0, 0, 0);

    public static TokenCounts Add(TokenCounts left, TokenCounts right) =>
        new(left.Input + right.Input, left.Output + right.Output, left.CacheRead + right.CacheRead, left.CacheCreation + right.CacheCreation);

    public static TokenCounts Subtract(TokenCounts left, TokenCounts right) =>
        new(left.Input - right.Input, left.Output - right.Output, left.CacheRead - right.CacheRead, left.CacheCreation - right.CacheCreation);

    /// <summary>Of one of <see cref="Kinds"/>.</summary>
    public static long Of(TokenCounts tokens, string kind) => kind switch
    {
        "input" => tokens.Input,
        "output" => tokens.Output,
        "cache_read" => tokens.CacheRead,
        _ => tokens.CacheCreation,
    };

    /// <summary>The name without what an agent adds to it for its own use, such as the <c>[1m]</c> of a larger context: messages and closing account spell it differently.</summary>
    public static string NameOf(string? model)
    {
        if (string.IsNullOrWhiteSpace(model))
        {
            return UnknownModel;
        }

        var bracket = model.EndsWith(']') ? model.LastIndexOf('[') : -1;
        return bracket > 0 ? model[..bracket] : model;
    }
}
