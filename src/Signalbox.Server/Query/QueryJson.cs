using System.Text.Json.Serialization;

namespace Signalbox.Server.Query;

/// <summary>Serialises what is not streamed.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BuildInfo))]
[JsonSerializable(typeof(MetadataEntry))]
internal sealed partial class QueryJson : JsonSerializerContext;
