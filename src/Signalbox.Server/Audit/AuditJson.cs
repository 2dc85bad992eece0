using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Server.Platform.Json;

namespace Signalbox.Server.Audit;

/// <summary>Serialises what the API of the audit log takes and gives.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(InstantConverter)], UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(AuditActorView))]
internal sealed partial class AuditJson : JsonSerializerContext;
