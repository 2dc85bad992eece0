using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Serialises what one process leaves to the next.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<Loss>))]
internal sealed partial class SequencingJson : JsonSerializerContext;
