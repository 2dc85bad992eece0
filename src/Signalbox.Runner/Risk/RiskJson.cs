using System.Text.Json.Serialization;

namespace Signalbox.Runner.Risk;

/// <summary>The form of what the score keeps of its configuration.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RiskOptions))]
internal sealed partial class RiskJson : JsonSerializerContext;
