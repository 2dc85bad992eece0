using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Server.Jobs.Definitions;
using Signalbox.Server.Platform.Json;

namespace Signalbox.Server.Jobs;

/// <summary>Serialises what the scheduler's API takes and gives.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(InstantConverter)], UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ExecutionError))]
[JsonSerializable(typeof(TaskRequest))]
internal sealed partial class JobsJson : JsonSerializerContext;
