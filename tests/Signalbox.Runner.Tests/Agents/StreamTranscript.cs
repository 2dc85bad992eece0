using System.Globalization;
using System.Text;
using System.Text.Json;
using Signalbox.Runner.Agents;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;
using Signalbox.Runner.Usage;

namespace Signalbox.Runner.Tests.Agents;

/// <summary>What a stream gives: its events, its counts and its usage, and all of them as text for goldens.</summary>
internal sealed record StreamTranscript(IReadOnlyList<AgentEvent> Events, StreamReport Report, UsageReport Usage)
{
    public static readonly DateTimeOffset At = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static StreamTranscript Read(IAgentReader reader, byte[] stream, int chunk = int.MaxValue, long maxLineBytes = 64L << 20, PriceTable? prices = null)
    {
        var agent = new AgentStream(reader, maxLineBytes);
        var events = new List<AgentEvent>();
        for (var start = 0; start < stream.Length; start += Math.Min(chunk, stream.Length - start))
        {
            agent.Take(stream.AsMemory(start, Math.Min(chunk, stream.Length - start)), At, events);
        }

        agent.Finish(At, events);
        var usage = new UsageReading(prices ?? PriceTable.Empty);
        events.ForEach(usage.Take);
        return new StreamTranscript(events, agent.Report, usage.Report);
    }

    public static string Describe(AgentEvent told)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{told.Line} {told.GetType().Name}"));
        foreach (var property in told.GetType().GetProperties().Where(static property => property.Name is not ("At" or "Line" or "EqualityContract")).OrderBy(static property => property.Name, StringComparer.Ordinal))
        {
            if (Describe(property.GetValue(told)) is { } value)
            {
                text.Append("\n    ").Append(property.Name).Append(": ").Append(value);
            }
        }

        return text.ToString();
    }

    public override string ToString() => string.Join('\n', Events.Select(Describe)) + "\n\n" + ToJson(Report, ReportJson.Written.StreamReport) + "\n" + ToJson(Usage, ReportJson.Written.UsageReport) + "\n";

    private static string ToJson<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> form)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            JsonSerializer.Serialize(writer, value, form);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string? Describe(object? value) => value switch
    {
        null or false => null,
        string { Length: > 300 } text => JsonEncodedText.Encode(text[..100]) + string.Create(CultureInfo.InvariantCulture, $"… ({text.Length} characters)"),
        string text => text.ReplaceLineEndings("\\n"),
        JsonElement element => element.GetRawText() is { Length: > 300 } raw ? string.Create(CultureInfo.InvariantCulture, $"{raw[..100]}… ({raw.Length} characters)") : element.GetRawText(),
        System.Collections.IEnumerable list => list.Cast<object?>().ToList() is { Count: > 0 } items ? string.Join(" | ", items.Select(Describe)) : null,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
