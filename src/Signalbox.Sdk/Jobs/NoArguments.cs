using System.Text.Json.Serialization;

namespace Signalbox.Sdk.Jobs;

/// <summary>The arguments of a handler that takes none.</summary>
public sealed record NoArguments;

/// <summary>Reads <see cref="NoArguments"/>.</summary>
[JsonSerializable(typeof(NoArguments))]
internal sealed partial class NoArgumentsJson : JsonSerializerContext;
