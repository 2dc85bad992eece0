using System.Text.Json.Serialization;
using Signalbox.Server.Platform.Json;
using Signalbox.Server.Runs.News;
using Signalbox.Server.Runs.Reports;

namespace Signalbox.Server.Runs;

/// <summary>Serialises what the API of runs takes and gives, and reports as they are stored: absent members left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(InstantConverter)])]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(RunList))]
[JsonSerializable(typeof(RunReceipt))]
[JsonSerializable(typeof(RunFile))]
[JsonSerializable(typeof(RunFileList))]
[JsonSerializable(typeof(RunTimelinePage))]
[JsonSerializable(typeof(RunCostList))]
[JsonSerializable(typeof(RunNews))]
internal sealed partial class RunsJson : JsonSerializerContext;

/// <summary>Serialises what has all its members, also those that are null: summaries as they are stored, and lists for the command line.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(InstantConverter)])]
[JsonSerializable(typeof(RunSummary))]
[JsonSerializable(typeof(RunList))]
[JsonSerializable(typeof(RunCostList))]
internal sealed partial class SummaryJson : JsonSerializerContext;
