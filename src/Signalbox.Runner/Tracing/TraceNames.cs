namespace Signalbox.Runner.Tracing;

/// <summary>One version of the names that spans and their attributes bear.</summary>
/// <remarks>
/// OpenTelemetry's conventions for CI and for generative AI still change; whoever reads the spans chooses a version and keeps it. All that differs between versions stands in the table below, and nowhere else.
/// Source: https://github.com/open-telemetry/semantic-conventions/tree/v1.44.0/docs/cicd and https://github.com/open-telemetry/semantic-conventions-genai
/// </remarks>
internal sealed record TraceNames
{
    /// <summary>The last conventions before the provider took the place of the system; cache tokens as instrumentations of that time named them.</summary>
    private static readonly TraceNames Older = new()
    {
        Version = "cicd-1.36+genai-1.36",
        SchemaUrl = "https://opentelemetry.io/schemas/1.36.0",
        Provider = "gen_ai.system",
        CacheReadTokens = "gen_ai.usage.cache_read_input_tokens",
        CacheCreationTokens = "gen_ai.usage.cache_creation_input_tokens",
        InputIncludesCache = false,
    };

    private static readonly TraceNames Current = new()
    {
        Version = "cicd-1.44+genai-1.44",
        SchemaUrl = "https://opentelemetry.io/schemas/1.44.0",
        Provider = "gen_ai.provider.name",
        CacheReadTokens = "gen_ai.usage.cache_read.input_tokens",
        CacheCreationTokens = "gen_ai.usage.cache_creation.input_tokens",
        InputIncludesCache = true,
    };

    /// <summary>What the conventions for generative AI are on their way to in a repository of their own.</summary>
    private static readonly TraceNames Coming = Current with { Version = "cicd-1.44+genai-next", CacheCreationTokens = "gen_ai.usage.cache_write.input_tokens" };

    public static TraceNames Default => Current;

    public static IReadOnlyList<string> Versions { get; } = [Current.Version, Older.Version, Coming.Version];

    public required string Version { get; init; }

    public required string SchemaUrl { get; init; }

    /// <summary>Who serves the model.</summary>
    public required string Provider { get; init; }

    public required string CacheReadTokens { get; init; }

    public required string CacheCreationTokens { get; init; }

    /// <summary>Whether <c>gen_ai.usage.input_tokens</c> counts what was read from and written to a cache, too.</summary>
    public required bool InputIncludesCache { get; init; }

    /// <returns>The default for a version that is not known, so that a replay by another release still writes spans.</returns>
    public static TraceNames Find(string? version) =>
        version == Older.Version ? Older : version == Coming.Version ? Coming : Current;
}
