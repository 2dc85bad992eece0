using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Signalbox.Jobs.Bench;

/// <summary>Serialises what is sent to and read from the API.</summary>
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class JsonNodeJson : JsonSerializerContext;
