using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Server.Audit.Archives;

/// <summary>What an archive of a log holds; nothing of it is believed without the checkpoint.</summary>
internal sealed record ArchiveManifest
{
    public const string Format = "signalbox-audit-archive/1";

    [JsonPropertyName("format")]
    public required string FormatName { get; init; }

    public required string Tenant { get; init; }

    /// <summary>Events of the log when it was exported.</summary>
    public required long Size { get; init; }

    /// <summary>Sequence of the first event in the archive, a multiple of 256.</summary>
    public required long From { get; init; }

    /// <summary>Sequence after the last one: a multiple of 256, or the size.</summary>
    public required long Until { get; init; }

    /// <summary>The keys of the log, the oldest first.</summary>
    public required IReadOnlyList<ArchiveKey> Keys { get; init; }
}

/// <summary>A key that signs, or signed, the log.</summary>
/// <param name="Key">As <c>name+id+key</c>.</param>
/// <param name="Change">The checkpoint that proves how it came after the one before.</param>
internal sealed record ArchiveKey(string Key, DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt, string? Change);

/// <summary>Serialises manifests.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ArchiveManifest))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
