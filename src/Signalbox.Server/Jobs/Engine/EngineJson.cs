using System.Text.Json.Serialization;
using Signalbox.Server.Jobs.Engine.Accounts;
using Signalbox.Server.Jobs.Engine.Catalogue;
using Signalbox.Server.Jobs.Engine.Claims;
using Signalbox.Server.Jobs.Engine.Endings;
using Signalbox.Server.Jobs.Engine.Live;
using Signalbox.Server.Jobs.Engine.Plans;

namespace Signalbox.Server.Jobs.Engine;

/// <summary>Serialises rows on their way into a statement; members have the columns' names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<AccountedJob>))]
[JsonSerializable(typeof(List<ChosenRow>))]
[JsonSerializable(typeof(List<EndingRow>))]
[JsonSerializable(typeof(List<FireRow>))]
[JsonSerializable(typeof(List<IdRow>))]
[JsonSerializable(typeof(List<LeaseKey>))]
[JsonSerializable(typeof(List<LiveRow>))]
[JsonSerializable(typeof(List<NextRow>))]
internal sealed partial class EngineJson : JsonSerializerContext;
