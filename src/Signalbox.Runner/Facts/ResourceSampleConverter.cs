using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Runner.Facts;

/// <summary>A line of <c>samples.jsonl</c>.</summary>
internal sealed class ResourceSampleConverter : JsonConverter<ResourceSample>
{
    public override ResourceSample Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var fact = document.RootElement;
        return new ResourceSample
        {
            At = FactMembers.Time(fact, "at"),
            MemoryBytes = FactMembers.Whole(fact, "memoryBytes"),
            MemoryPercent = FactMembers.Number(fact, "memoryPercent"),
            Measure = FactMembers.Text(fact, "measure"),
            RunnerBytes = FactMembers.Whole(fact, "runnerBytes"),
            HeapAlloc = FactMembers.Whole(fact, "heapAlloc"),
            HeapSys = FactMembers.Whole(fact, "heapSys"),
            NumGc = FactMembers.Whole(fact, "numGc"),
            Goroutines = FactMembers.Whole(fact, "goroutines"),
            Processes = Count(fact, "processes"),
            Threads = Count(fact, "threads"),
            Handles = Count(fact, "handles"),
            CpuPercent = FactMembers.Number(fact, "cpuPercent"),
            CpuSeconds = FactMembers.Number(fact, "cpuSeconds"),
            Level = FactMembers.Text(fact, "level"),
            OomKills = fact.TryGetProperty("oomKills", out var kills) && kills.ValueKind != JsonValueKind.Null ? FactMembers.Whole(fact, "oomKills") : null,
        };
    }

    public override void Write(Utf8JsonWriter writer, ResourceSample value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("memoryBytes", value.MemoryBytes);
        writer.WriteNumber("memoryPercent", value.MemoryPercent);
        writer.WriteString("measure", value.Measure);
        writer.WriteNumber("runnerBytes", value.RunnerBytes);
        writer.WriteNumber("heapAlloc", value.HeapAlloc);
        writer.WriteNumber("heapSys", value.HeapSys);
        writer.WriteNumber("numGc", value.NumGc);
        writer.WriteNumber("goroutines", value.Goroutines);
        writer.WriteNumber("processes", value.Processes);
        writer.WriteNumber("threads", value.Threads);
        writer.WriteNumber("handles", value.Handles);
        writer.WriteNumber("cpuPercent", value.CpuPercent);
        writer.WriteNumber("cpuSeconds", value.CpuSeconds);
        writer.WriteString("level", value.Level);
        if (value.OomKills is { } kills)
        {
            writer.WriteNumber("oomKills", kills);
        }

        FactMembers.WriteTime(writer, "at", value.At);
        writer.WriteEndObject();
    }

    private static int Count(JsonElement fact, string name) =>
        FactMembers.Whole(fact, name) is >= int.MinValue and <= int.MaxValue and var count ? (int)count : throw new JsonException($"The fact's member {name} is too large.");
}
