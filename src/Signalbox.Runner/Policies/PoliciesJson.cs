using System.Text.Json.Serialization;

namespace Signalbox.Runner.Policies;

/// <summary>JSON of policies as a run keeps them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PolicyOptions))]
internal sealed partial class PoliciesJson : JsonSerializerContext;
