using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Runner.WorkTree;

/// <summary>The form of <c>before.json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WorkTreeBefore))]
internal sealed partial class WorkTreeJson : JsonSerializerContext
{
    private static WorkTreeJson? written;

    /// <summary>The one to use: names stand as they are.</summary>
    public static WorkTreeJson Written => written ??= new WorkTreeJson(new JsonSerializerOptions(Default.GeneratedSerializerOptions!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
