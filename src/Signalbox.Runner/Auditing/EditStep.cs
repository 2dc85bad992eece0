using System.Text.Json;
using Signalbox.Runner.Agents;
using Signalbox.Runner.Auditing.Tools;

namespace Signalbox.Runner.Auditing;

/// <summary>What one edit did to a file by the agent's own account, to be held against what became of the file.</summary>
internal sealed record EditStep
{
    /// <summary>Inputs that are longer may have been cut when they were read; of those nothing is known.</summary>
    private const int MaxInput = JsonTexts.MaxBytes - 64;

    /// <summary>The call's id; empty when it has none.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it is a tool of which it is known that it takes no file away.</summary>
    public required bool KeepsFiles { get; init; }

    /// <summary>Lines that it added at most; null when that is not known.</summary>
    public long? MostAdded { get; init; }

    /// <inheritdoc cref="MostAdded"/>
    public long? MostRemoved { get; init; }

    /// <summary>The whole text that it wrote; null when it replaced parts only, or that is not known.</summary>
    public string? Text { get; init; }

    /// <summary>Parts that it replaced, in their order; null when that is not known.</summary>
    public IReadOnlyList<(string Old, string New, bool Everywhere)>? Parts { get; init; }

    public static EditStep Of(ToolCall call)
    {
        var input = call.Call.Input;
        var isFileTool = FileTools.Writes(call.Call.Name);
        var step = new EditStep { Id = call.Id ?? string.Empty, KeepsFiles = isFileTool && ToolInput.Text(input, "change") is not ("delete" or "deleted" or "remove" or "removed") };
        if (!isFileTool || input.ValueKind != JsonValueKind.Object || input.GetRawText().Length > MaxInput)
        {
            return step;
        }

        step = call.Call.Name switch
        {
            "Write" when ToolInput.Find(input, "content") is { ValueKind: JsonValueKind.String } value && value.GetString() is { } content => step with { Text = content, MostAdded = Lines(content), MostRemoved = long.MaxValue / 2 },
            "Edit" => step.Replacing([input]),
            "MultiEdit" when ToolInput.Find(input, "edits") is { ValueKind: JsonValueKind.Array } edits => step.Replacing(edits.EnumerateArray()),
            _ => step,
        };
        return step;
    }

    private static long Lines(string text) => text.AsSpan().Count('\n') + 1;

    private EditStep Replacing(IEnumerable<JsonElement> edits)
    {
        var parts = new List<(string Old, string New, bool Everywhere)>();
        foreach (var edit in edits)
        {
            if (edit.ValueKind != JsonValueKind.Object || (ToolInput.Text(edit, "old_string") is null && ToolInput.Text(edit, "new_string") is null))
            {
                // An agent that is read by a mapping may tell no more than which file it edited.
                return this;
            }

            parts.Add((ToolInput.Text(edit, "old_string") ?? string.Empty, ToolInput.Text(edit, "new_string") ?? string.Empty, ToolInput.Find(edit, "replace_all") is { ValueKind: JsonValueKind.True }));
        }

        // How often a part was found that is replaced everywhere is not told.
        return parts.Exists(static part => part.Everywhere)
            ? this with { Parts = parts }
            : this with { Parts = parts, MostAdded = parts.Sum(static part => Lines(part.New)), MostRemoved = parts.Sum(static part => Lines(part.Old)) };
    }
}
