using System.Text.Json.Serialization;
using Signalbox.Sdk.Jobs;

namespace Signalbox.Examples.Jobs;

/// <summary>What this assembly brings.</summary>
public sealed class ExampleJobs : IJobModule
{
    public void Register(JobRegistry registry) => registry
        .Add("example.tidy", static () => new TidyJob(), ExampleJson.Default.TidyArguments)
        .Add("example.stubborn", static () => new StubbornJob(), ExampleJson.Default.StubbornArguments);
}

/// <summary>Reads the arguments; reflection is off in the server, so a context like this one is needed.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TidyArguments))]
[JsonSerializable(typeof(StubbornArguments))]
internal sealed partial class ExampleJson : JsonSerializerContext;
