using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Signalbox.Server.Jobs.Definitions;
using Signalbox.Server.Jobs.Files;
using Signalbox.Server.Jobs.History;
using Signalbox.Server.Jobs.News;
using Signalbox.Server.Platform.Json;

namespace Signalbox.Server.Jobs;

/// <summary>Serialises what the scheduler's API takes and gives.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(InstantConverter)], UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ExecutionError))]
[JsonSerializable(typeof(TaskRequest))]
[JsonSerializable(typeof(TaskList))]
[JsonSerializable(typeof(TriggerTask))]
[JsonSerializable(typeof(TaskSelection))]
[JsonSerializable(typeof(TaskBulkResult))]
[JsonSerializable(typeof(PreviewSchedule))]
[JsonSerializable(typeof(TaskPreview))]
[JsonSerializable(typeof(FireList))]
[JsonSerializable(typeof(TaskSchedulePeriodList))]
[JsonSerializable(typeof(ExecutionList))]
[JsonSerializable(typeof(ExecutionDetail))]
[JsonSerializable(typeof(OutputPage))]
[JsonSerializable(typeof(Timeline))]
[JsonSerializable(typeof(StatisticsAnswer))]
[JsonSerializable(typeof(InstanceList))]
[JsonSerializable(typeof(HandlerList))]
[JsonSerializable(typeof(FilePlan))]
[JsonSerializable(typeof(TaskNews))]
[JsonSerializable(typeof(OutputNews))]
[JsonSerializable(typeof(JsonArray))]
internal sealed partial class JobsJson : JsonSerializerContext;
