using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Runner.Facts;

/// <summary>A line of <c>events.jsonl</c>.</summary>
internal sealed class RunnerEventConverter : JsonConverter<RunnerEvent>
{
    public override RunnerEvent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var fact = document.RootElement;
        return new RunnerEvent
        {
            At = FactMembers.Time(fact, "at"),
            Kind = KindOf(FactMembers.Text(fact, "kind")),
            Text = FactMembers.Text(fact, "text"),
            Values = FactMembers.Texts(fact, "values"),
        };
    }

    public override void Write(Utf8JsonWriter writer, RunnerEvent value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", NameOf(value.Kind));
        writer.WriteString("text", value.Text);
        FactMembers.WriteTexts(writer, "values", value.Values);
        FactMembers.WriteTime(writer, "at", value.At);
        writer.WriteEndObject();
    }

    private static string NameOf(RunnerEventKind kind) => kind switch
    {
        RunnerEventKind.Started => nameof(RunnerEventKind.Started),
        RunnerEventKind.SignalPassedOn => nameof(RunnerEventKind.SignalPassedOn),
        RunnerEventKind.LevelChanged => nameof(RunnerEventKind.LevelChanged),
        RunnerEventKind.GarbageCollected => nameof(RunnerEventKind.GarbageCollected),
        RunnerEventKind.LeakSuspected => nameof(RunnerEventKind.LeakSuspected),
        RunnerEventKind.Stopping => nameof(RunnerEventKind.Stopping),
        RunnerEventKind.Killed => nameof(RunnerEventKind.Killed),
        RunnerEventKind.StragglersEnded => nameof(RunnerEventKind.StragglersEnded),
        RunnerEventKind.Warning => nameof(RunnerEventKind.Warning),
        RunnerEventKind.Ended => nameof(RunnerEventKind.Ended),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static RunnerEventKind KindOf(string name) => name switch
    {
        nameof(RunnerEventKind.Started) => RunnerEventKind.Started,
        nameof(RunnerEventKind.SignalPassedOn) => RunnerEventKind.SignalPassedOn,
        nameof(RunnerEventKind.LevelChanged) => RunnerEventKind.LevelChanged,
        nameof(RunnerEventKind.GarbageCollected) => RunnerEventKind.GarbageCollected,
        nameof(RunnerEventKind.LeakSuspected) => RunnerEventKind.LeakSuspected,
        nameof(RunnerEventKind.Stopping) => RunnerEventKind.Stopping,
        nameof(RunnerEventKind.Killed) => RunnerEventKind.Killed,
        nameof(RunnerEventKind.StragglersEnded) => RunnerEventKind.StragglersEnded,
        nameof(RunnerEventKind.Warning) => RunnerEventKind.Warning,
        nameof(RunnerEventKind.Ended) => RunnerEventKind.Ended,
        _ => throw new JsonException($"An event of the kind {name} is not known."),
    };
}
