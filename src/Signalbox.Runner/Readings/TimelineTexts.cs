using System.Text.Json;
using Signalbox.Runner.Facts;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Readings;

/// <summary>Texts as they stand on a time line: without secrets, then cut. Never the other way round, since half a secret is not told from text.</summary>
internal sealed class TimelineTexts(RunStart start, Redactor redactor, int maxDetail)
{
    private const int MaxTitle = 200;

    /// <summary>Members of a tool's input that say what it is about, the most telling first.</summary>
    private static readonly string[] Telling = ["file_path", "notebook_path", "path", "command", "pattern", "url", "query", "description", "prompt"];

    public string? Detail(string? text) => string.IsNullOrWhiteSpace(text) ? null : Cut(redactor.Redact(text), maxDetail);

    public string Title(string text) => Cut(redactor.Redact(text).ReplaceLineEndings(" "), MaxTitle);

    /// <summary>Such as <c>Edit src/app.cs</c>.</summary>
    public string TitleOf(ToolCalled call)
    {
        foreach (var name in Telling)
        {
            if (call.Input.ValueKind == JsonValueKind.Object && call.Input.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
            {
                return Title($"{call.Name} {WithinRoot(text)}");
            }
        }

        return Title(call.Name);
    }

    public string? InputOf(ToolCalled call) => call.Input.ValueKind == JsonValueKind.Object && call.Input.EnumerateObject().Any()
        ? Cut(Redacted(call.Input), maxDetail)
        : null;

    private string Redacted(JsonElement input) =>
        redactor.Redact(System.Text.Json.Nodes.JsonObject.Create(input))?.ToJsonString(Report.ReportJson.Written.Options) ?? string.Empty;

    private string WithinRoot(string text) =>
        text.StartsWith(start.Root, StringComparison.Ordinal) && text.Length > start.Root.Length && text[start.Root.Length] is '/' or '\\' ? text[(start.Root.Length + 1)..] : text;

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..end] + "…";
    }
}
