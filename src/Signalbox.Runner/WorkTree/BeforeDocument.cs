using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Signalbox.Runner.WorkTree;

/// <summary>Writes <c>before.json</c>, in the form in which <see cref="WorkTreeJson"/> reads it.</summary>
/// <remarks>It is written before the command starts; by hand, as what the compiler generates for it is hundreds of methods that the runtime would have to translate first.</remarks>
internal static class BeforeDocument
{
    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Write(WorkTreeBefore before)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, Form))
        {
            writer.WriteStartObject();
            writer.WriteString("method", before.Method);
            if (before.Options is { } options)
            {
                Write(writer, options);
            }

            writer.WriteString("top", before.Top);
            writer.WriteString("prefix", before.Prefix);
            WriteText(writer, "gitFolder", before.GitFolder);
            WriteText(writer, "head", before.Head);
            WriteText(writer, "cutAt", before.CutAt);
            writer.WriteNumber("omitted", before.Omitted);
            writer.WriteStartArray("files");
            foreach (var file in before.Files)
            {
                Write(writer, file);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, WorkTreeOptions options)
    {
        writer.WriteStartObject("options");
        writer.WriteBoolean("enabled", options.Enabled);
        writer.WriteNumber("maxFiles", options.MaxFiles);
        writer.WriteNumber("maxBytes", options.MaxBytes);
        writer.WriteNumber("maxKeptBytes", options.MaxKeptBytes);
        writer.WriteNumber("maxDiffFileBytes", options.MaxDiffFileBytes);
        writer.WriteNumber("maxDiffLength", options.MaxDiffLength);
        writer.WriteNumber("maxShownLength", options.MaxShownLength);
        writer.WriteNumber("maxChanges", options.MaxChanges);
        writer.WriteStartArray("ignore");
        foreach (var pattern in options.Ignore)
        {
            writer.WriteStringValue(pattern);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, FileState file)
    {
        writer.WriteStartObject();
        writer.WriteString("p", file.Path);
        writer.WriteString("k", file.Kind);
        writer.WriteNumber("s", file.Size);
        writer.WriteBoolean("x", file.IsExecutable);
        writer.WriteNumber("t", file.WrittenAt);
        WriteText(writer, "h", file.Hash);
        if (file.KeptAt is { } place)
        {
            writer.WriteNumber("o", place);
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
