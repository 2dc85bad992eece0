using System.Text.Json.Serialization;

namespace Signalbox.Server.Jobs;

/// <summary>Serialises what the scheduler's API takes and gives.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExecutionError))]
internal sealed partial class JobsJson : JsonSerializerContext;
