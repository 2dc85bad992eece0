using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Signalbox.Runner.Readings.Report;

/// <summary>Writes <c>report.json</c>, <c>outcome.json</c> and the time line, in the form in which <see cref="ReportJson"/> reads them.</summary>
/// <remarks>
/// By hand, as facts are: what the compiler generates for it is hundreds of methods that the runtime would have to translate first, at the end of every run. A test holds the two together.
/// </remarks>
internal static class ReportDocument
{
    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A line.</summary>
    public static byte[] Write(RunReport report) => Line(report, WriteReport);

    /// <summary>A line.</summary>
    public static byte[] Write(OutcomeReport outcome) => Line(outcome, ReportParts.Outcome);

    /// <summary>A line an entry.</summary>
    public static byte[] Write(IReadOnlyList<TimelineEntry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer, Form);
        foreach (var entry in entries)
        {
            AddLine(writer, buffer, entry, WriteEntry);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Line<T>(T value, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer, Form);
        AddLine(writer, buffer, value, write);
        return buffer.WrittenSpan.ToArray();
    }

    private static void AddLine<T>(Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer, T value, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        writer.WriteStartObject();
        write(writer, value);
        writer.WriteEndObject();
        writer.Flush();
        writer.Reset();
        buffer.Write("\n"u8);
    }

    private static void WriteReport(Utf8JsonWriter writer, RunReport report)
    {
        writer.Whole("schema", report.Schema);
        writer.Text("id", report.Id);
        writer.Whole("revision", report.Revision);
        writer.Text("state", report.State);
        writer.Text("traceId", report.TraceId);
        writer.Text("spanId", report.SpanId);
        writer.Time("startedAt", report.StartedAt);
        writer.Time("finishedAt", report.FinishedAt);
        writer.Number("durationSeconds", report.DurationSeconds);
        writer.Texts("command", report.Command);
        writer.Text("folder", report.Folder);
        writer.Text("version", report.Version);
        writer.Part("ci", report.Ci, ReportParts.Ci);
        writer.Part("agent", report.Agent, ReportParts.Agent);
        writer.Part("outcome", report.Outcome, ReportParts.Outcome);
        writer.Part("result", report.Result, ReportParts.Result);
        writer.Part("usage", report.Usage, ReportFigures.Usage);
        writer.Part("budget", report.Budget, ReportFigures.Budget);
        writer.List("tools", report.Tools, ReportParts.Tool);
        writer.List("changes", report.Changes, ReportParts.Change);
        writer.List("denials", report.Denials, ReportParts.Denial);
        writer.Part("audit", report.Audit, ReportParts.Audit);
        writer.Part("risk", report.Risk, ReportParts.Risk);
        writer.Part("resources", report.Resources, ReportFigures.Resources);
        writer.Part("timeline", report.Timeline, ReportFigures.Timeline);
        writer.Part("stream", report.Stream, ReportFigures.Stream);
        writer.List("warnings", report.Warnings, ReportParts.Warning);
        writer.Counts("limits", report.Limits);
        writer.List("files", report.Files, ReportFigures.File);
    }

    private static void WriteEntry(Utf8JsonWriter writer, TimelineEntry entry)
    {
        writer.Time("at", entry.At);
        writer.Whole("line", entry.Line);
        writer.Text("kind", entry.Kind);
        writer.Whole("turn", entry.Turn);
        writer.Text("title", entry.Title);
        writer.Text("detail", entry.Detail);
        writer.Text("toolUseId", entry.ToolUseId);
        writer.Text("tool", entry.Tool);
        writer.Text("outcome", entry.Outcome);
        writer.Number("durationSeconds", entry.DurationSeconds);
        writer.Text("parentToolUseId", entry.ParentToolUseId);
        writer.Whole("tokens", entry.Tokens);
    }
}
