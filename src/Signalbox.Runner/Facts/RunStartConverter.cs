using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Runner.Facts;

/// <summary>The content of <c>run.json</c>.</summary>
internal sealed class RunStartConverter : JsonConverter<RunStart>
{
    public override RunStart Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var fact = document.RootElement;
        return new RunStart
        {
            At = FactMembers.Time(fact, "at"),
            RunId = FactMembers.Text(fact, "runId"),
            TraceId = FactMembers.Text(fact, "traceId"),
            SpanId = FactMembers.Text(fact, "spanId"),
            ParentSpanId = FactMembers.OptionalText(fact, "parentSpanId"),
            Command = FactMembers.List(fact, "command"),
            Folder = FactMembers.Text(fact, "folder"),
            Root = FactMembers.Text(fact, "root"),
            Agent = FactMembers.OptionalText(fact, "agent"),
            Ci = CiContextMembers.Read(FactMembers.Of(fact, "ci")),
            Limits = ReadLimits(FactMembers.Of(fact, "limits")),
            Mapping = FactMembers.OptionalText(fact, "mapping"),
            Settings = FactMembers.Texts(fact, "settings"),
            RedactionKey = FactMembers.Text(fact, "redactionKey"),
            RunnerVersion = FactMembers.Text(fact, "runnerVersion"),
        };
    }

    public override void Write(Utf8JsonWriter writer, RunStart value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("runId", value.RunId);
        writer.WriteString("traceId", value.TraceId);
        writer.WriteString("spanId", value.SpanId);
        FactMembers.WriteText(writer, "parentSpanId", value.ParentSpanId);
        writer.WriteStartArray("command");
        foreach (var word in value.Command)
        {
            writer.WriteStringValue(word);
        }

        writer.WriteEndArray();
        writer.WriteString("folder", value.Folder);
        writer.WriteString("root", value.Root);
        FactMembers.WriteText(writer, "agent", value.Agent);
        CiContextMembers.Write(writer, "ci", value.Ci);
        WriteLimits(writer, value.Limits);
        FactMembers.WriteText(writer, "mapping", value.Mapping);
        FactMembers.WriteTexts(writer, "settings", value.Settings);
        writer.WriteString("redactionKey", value.RedactionKey);
        writer.WriteString("runnerVersion", value.RunnerVersion);
        FactMembers.WriteTime(writer, "at", value.At);
        writer.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter writer, RunLimits limits)
    {
        writer.WriteStartObject("limits");
        writer.WriteNumber("memoryBytes", limits.MemoryBytes);
        writer.WriteNumber("tokens", limits.Tokens);
        writer.WriteNumber("usd", limits.Usd);
        writer.WriteNumber("minutes", limits.Minutes);
        writer.WriteNumber("turns", limits.Turns);
        writer.WriteEndObject();
    }

    private static RunLimits ReadLimits(JsonElement limits) => new()
    {
        MemoryBytes = FactMembers.Whole(limits, "memoryBytes"),
        Tokens = limits.TryGetProperty("tokens", out _) ? FactMembers.Whole(limits, "tokens") : 0,
        Usd = limits.TryGetProperty("usd", out _) ? FactMembers.Number(limits, "usd") : 0,
        Minutes = limits.TryGetProperty("minutes", out _) ? FactMembers.Number(limits, "minutes") : 0,
        Turns = limits.TryGetProperty("turns", out _) ? FactMembers.Whole(limits, "turns") : 0,
    };
}
