using System.Text.Json.Serialization;

namespace Signalbox.Runner.Auditing;

/// <summary>The form of what auditing keeps of its configuration.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditOptions))]
internal sealed partial class AuditJson : JsonSerializerContext;
