using System.Text.Json.Serialization;
using Signalbox.Server.Jobs.Engine.Catalogue;
using Signalbox.Server.Jobs.Engine.Claims;
using Signalbox.Server.Jobs.Engine.Endings;
using Signalbox.Server.Jobs.Engine.Live;

namespace Signalbox.Server.Jobs.Engine;

/// <summary>Serialises rows on their way into a statement; members have the columns' names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<ChosenRow>))]
[JsonSerializable(typeof(List<EndingRow>))]
[JsonSerializable(typeof(List<FireRow>))]
[JsonSerializable(typeof(List<IdRow>))]
[JsonSerializable(typeof(List<LeaseKey>))]
[JsonSerializable(typeof(List<LiveRow>))]
internal sealed partial class EngineJson : JsonSerializerContext;
