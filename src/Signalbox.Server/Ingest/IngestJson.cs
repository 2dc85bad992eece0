using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Server.Platform.Json;

namespace Signalbox.Server.Ingest;

/// <summary>The wire types of this slice.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(InstantConverter)], UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(IngestSourceList))]
[JsonSerializable(typeof(LimitList))]
[JsonSerializable(typeof(SystemStatus))]
internal sealed partial class IngestJson : JsonSerializerContext;
