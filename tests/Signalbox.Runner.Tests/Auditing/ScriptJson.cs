using System.Text.Json.Serialization;

namespace Signalbox.Runner.Tests.Auditing;

/// <summary>Makes inputs of calls.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class ScriptJson : JsonSerializerContext;
