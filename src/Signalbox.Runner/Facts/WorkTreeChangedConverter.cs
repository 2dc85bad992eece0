using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Runner.Facts;

/// <summary>The content of <c>changes.json</c>.</summary>
internal sealed class WorkTreeChangedConverter : JsonConverter<WorkTreeChanged>
{
    public override WorkTreeChanged Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var fact = document.RootElement;
        var list = FactMembers.Of(fact, "changes");
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("The fact's member changes is no list.");
        }

        var changes = new List<WorkTreeChange>();
        foreach (var change in list.EnumerateArray())
        {
            if (change.ValueKind != JsonValueKind.Null)
            {
                changes.Add(ReadChange(change));
            }
        }

        return new WorkTreeChanged
        {
            At = FactMembers.Time(fact, "at"),
            Method = FactMembers.Text(fact, "method"),
            Changes = changes,
            Omitted = fact.TryGetProperty("omitted", out _) ? FactMembers.Whole(fact, "omitted") : 0,
            HeadBefore = FactMembers.OptionalText(fact, "headBefore"),
            HeadAfter = FactMembers.OptionalText(fact, "headAfter"),
        };
    }

    public override void Write(Utf8JsonWriter writer, WorkTreeChanged value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("method", value.Method);
        writer.WriteStartArray("changes");
        foreach (var change in value.Changes)
        {
            WriteChange(writer, change);
        }

        writer.WriteEndArray();
        writer.WriteNumber("omitted", value.Omitted);
        FactMembers.WriteText(writer, "headBefore", value.HeadBefore);
        FactMembers.WriteText(writer, "headAfter", value.HeadAfter);
        FactMembers.WriteTime(writer, "at", value.At);
        writer.WriteEndObject();
    }

    private static WorkTreeChange ReadChange(JsonElement change) => new(
        FactMembers.Text(change, "path"),
        FactMembers.Text(change, "kind"),
        FactMembers.OptionalWhole(change, "linesAdded"),
        FactMembers.OptionalWhole(change, "linesRemoved"),
        FactMembers.Whole(change, "bytes"),
        FactMembers.OptionalText(change, "diff"))
    {
        TextHash = FactMembers.OptionalText(change, "textHash"),
    };

    private static void WriteChange(Utf8JsonWriter writer, WorkTreeChange change)
    {
        writer.WriteStartObject();
        writer.WriteString("path", change.Path);
        writer.WriteString("kind", change.Kind);
        FactMembers.WriteWhole(writer, "linesAdded", change.LinesAdded);
        FactMembers.WriteWhole(writer, "linesRemoved", change.LinesRemoved);
        writer.WriteNumber("bytes", change.Bytes);
        FactMembers.WriteText(writer, "diff", change.Diff);
        FactMembers.WriteText(writer, "textHash", change.TextHash);
        writer.WriteEndObject();
    }
}
