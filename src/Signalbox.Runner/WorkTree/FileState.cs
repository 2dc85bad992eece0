using System.Text.Json.Serialization;

namespace Signalbox.Runner.WorkTree;

/// <summary>What a path was at one moment.</summary>
internal sealed record FileState
{
    public const string File = "file";
    public const string Link = "link";

    /// <summary>A repository within the repository, of which git tells as a whole.</summary>
    public const string Repository = "repository";
    public const string Absent = "absent";

    [JsonPropertyName("p")]
    public required string Path { get; init; }

    [JsonPropertyName("k")]
    public required string Kind { get; init; }

    [JsonPropertyName("s")]
    public long Size { get; init; }

    [JsonPropertyName("x")]
    public bool IsExecutable { get; init; }

    /// <summary>When it was written to, in ticks of UTC; compared only where there is no hash.</summary>
    [JsonPropertyName("t")]
    public long WrittenAt { get; init; }

    /// <summary>SHA-256 of content, or of what a link points to; null beyond the bound of bytes, and for what cannot be read.</summary>
    [JsonPropertyName("h")]
    public string? Hash { get; init; }

    /// <summary>Where its content is kept in <c>before.content</c>; null when it is not.</summary>
    [JsonPropertyName("o")]
    public long? KeptAt { get; init; }

    public bool IsSameAs(FileState other) =>
        Kind == other.Kind && Size == other.Size && IsExecutable == other.IsExecutable
        && (Hash is not null && other.Hash is not null ? Hash == other.Hash : WrittenAt == other.WrittenAt);
}
