using System.Text;
using System.Text.Json;
using Signalbox.Runner.Auditing.Tools;
using Signalbox.Runner.Facts;
using Signalbox.Runner.WorkTree;

namespace Signalbox.Runner.Auditing;

/// <summary>How large an edit was, by the agent's own account.</summary>
/// <param name="LinesAdded">Null when it cannot be told.</param>
/// <param name="Bytes">Of what was written, where a whole file was; null otherwise.</param>
internal readonly record struct EditSize(long? LinesAdded, long? LinesRemoved, long? Bytes)
{
    public static EditSize Of(ToolCalled call, ToolReturned? returned)
    {
        var content = ToolInput.Text(call.Input, "content");
        var bytes = call.Name == "Write" && content is not null ? Encoding.UTF8.GetByteCount(content) : (long?)null;
        if (returned?.Details is { } details && Patch(details) is var (added, removed))
        {
            return new EditSize(added, removed, bytes);
        }

        return call.Name switch
        {
            "Write" => new EditSize(content is null ? null : LineDiff.CountLines(content), IsNew(returned) ? 0 : null, bytes),
            "Edit" => OfEdits([call.Input]),
            "MultiEdit" when ToolInput.Find(call.Input, "edits") is { ValueKind: JsonValueKind.Array } edits => OfEdits(edits.EnumerateArray()),
            "NotebookEdit" => new EditSize(ToolInput.Text(call.Input, "new_source") is { } source ? LineDiff.CountLines(source) : 0, null, null),
            _ => default,
        };
    }

    private static bool IsNew(ToolReturned? returned) => returned?.Details is { } details && ToolInput.Text(details, "type") == "create";

    /// <summary>Lines of a patch as editing tools give it: <c>{"structuredPatch":[{"lines":[" a","-b","+c"]}]}</c>; an empty one says nothing, because tools give it for new files too.</summary>
    private static (long Added, long Removed)? Patch(JsonElement details)
    {
        if (ToolInput.Find(details, "structuredPatch") is not { ValueKind: JsonValueKind.Array } hunks || hunks.GetArrayLength() == 0)
        {
            return null;
        }

        var (added, removed) = (0L, 0L);
        foreach (var hunk in hunks.EnumerateArray())
        {
            if (ToolInput.Find(hunk, "lines") is not { ValueKind: JsonValueKind.Array } lines)
            {
                continue;
            }

            foreach (var line in lines.EnumerateArray())
            {
                var text = line.ValueKind == JsonValueKind.String ? line.GetString()! : string.Empty;
                added += text is ['+', ..] ? 1 : 0;
                removed += text is ['-', ..] ? 1 : 0;
            }
        }

        return (added, removed);
    }

    private static EditSize OfEdits(IEnumerable<JsonElement> edits)
    {
        var (added, removed) = (0L, 0L);
        foreach (var edit in edits)
        {
            if (edit.ValueKind != JsonValueKind.Object || ToolInput.Find(edit, "replace_all") is { ValueKind: JsonValueKind.True })
            {
                // How often it was found is not told.
                return default;
            }

            var (old, now) = (ToolInput.Text(edit, "old_string"), ToolInput.Text(edit, "new_string"));
            if (old is null && now is null)
            {
                // An agent may tell no more than which file it edited.
                return default;
            }

            var (plus, minus) = LineDiff.Count(old ?? string.Empty, now ?? string.Empty);
            added += plus;
            removed += minus;
        }

        return new EditSize(added, removed, null);
    }
}
