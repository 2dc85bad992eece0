using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Signalbox.Runner.Bench.Reading;

/// <summary>Makes the output of an agent that works: messages with their accounts repeated, calls with inputs, answers with files and listings, the sizes as they are met.</summary>
internal sealed class StreamMaker(int seed)
{
    private const string Model = "claude-sonnet-4-5-20250929";
    private static readonly string[] Words =
        ["public", "return", "await", "the", "a", "total", "value", "Task", "string", "int", "if", "not", "found", "order", "customer", "  ", "\"quoted\"", "naïve", "\n", "\n    ", "=>", "{", "}", "(x)", ";"];

    private readonly Random _random = new(seed);
    private readonly ArrayBufferWriter<byte> _line = new();
    private long _message;
    private long _call;

    /// <summary>The first line.</summary>
    public byte[] Session() => Line(writer =>
    {
        writer.WriteString("type", "system");
        writer.WriteString("subtype", "init");
        writer.WriteString("cwd", "/build/shop");
        writer.WriteString("session_id", "6d1f6f0a-0000-4000-8000-000000000001");
        writer.WriteString("model", Model);
        writer.WriteString("permissionMode", "acceptEdits");
        writer.WriteString("claude_code_version", "2.1.140");
    });

    /// <summary>The last line: a closing account.</summary>
    public byte[] Result() => Line(static writer =>
    {
        writer.WriteString("type", "result");
        writer.WriteString("subtype", "success");
        writer.WriteBoolean("is_error", false);
        writer.WriteString("session_id", "6d1f6f0a-0000-4000-8000-000000000001");
        writer.WriteNumber("total_cost_usd", 12.5);
        writer.WriteString("result", "Done.");
    });

    /// <summary>The lines of one turn: thought, text, a call, its answer.</summary>
    public IEnumerable<byte[]> Turn()
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"msg_{++_message:D24}");
        var call = string.Create(CultureInfo.InvariantCulture, $"toolu_{++_call:D22}");
        yield return Assistant(message, writer => Block(writer, "thinking", "thinking", Text(200, 3000)));
        yield return Assistant(message, writer => Block(writer, "text", "text", Text(40, 800)));
        switch (_random.Next(10))
        {
            case < 4:
                var file = Text(1500, 16_000);
                yield return Assistant(message, writer => Call(writer, call, "Read", static input => input.WriteString("file_path", "/build/shop/src/Orders/OrderTotals.cs")));
                yield return Answer(call, file, details => details.WriteString("content", file));
                break;
            case < 7:
                var before = Text(100, 1500);
                var after = Text(100, 1500);
                var original = Text(4000, 12_000);
                yield return Assistant(message, writer => Call(writer, call, "Edit", input =>
                {
                    input.WriteString("file_path", string.Create(CultureInfo.InvariantCulture, $"/build/shop/src/File{_call % 40}.cs"));
                    input.WriteString("old_string", before);
                    input.WriteString("new_string", after);
                }));
                yield return Answer(call, "The file has been updated. Here's the result of running `cat -n` on a snippet:\n" + after, details =>
                {
                    details.WriteString("oldString", before);
                    details.WriteString("newString", after);
                    details.WriteString("originalFile", original);
                });
                break;
            default:
                var output = Text(100, 4000);
                yield return Assistant(message, writer => Call(writer, call, "Bash", static input => input.WriteString("command", "dotnet build -v q && dotnet test --no-build | tail -40")));
                yield return Answer(call, output, details =>
                {
                    details.WriteString("stdout", output);
                    details.WriteString("stderr", string.Empty);
                });
                break;
        }
    }

    private byte[] Assistant(string id, Action<Utf8JsonWriter> block) => Line(writer =>
    {
        writer.WriteString("type", "assistant");
        writer.WriteStartObject("message");
        writer.WriteString("model", Model);
        writer.WriteString("id", id);
        writer.WriteString("type", "message");
        writer.WriteString("role", "assistant");
        writer.WriteStartArray("content");
        block(writer);
        writer.WriteEndArray();
        writer.WriteNull("stop_reason");
        writer.WriteStartObject("usage");
        writer.WriteNumber("input_tokens", 8);
        writer.WriteNumber("cache_creation_input_tokens", 900);
        writer.WriteNumber("cache_read_input_tokens", 42_000);
        writer.WriteStartObject("cache_creation");
        writer.WriteNumber("ephemeral_5m_input_tokens", 900);
        writer.WriteNumber("ephemeral_1h_input_tokens", 0);
        writer.WriteEndObject();
        writer.WriteNumber("output_tokens", _random.Next(1, 400));
        writer.WriteString("service_tier", "standard");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteNull("parent_tool_use_id");
        writer.WriteString("session_id", "6d1f6f0a-0000-4000-8000-000000000001");
        writer.WriteString("uuid", "0b9f6c9e-2222-4333-8444-555555555555");
    });

    private byte[] Answer(string call, string text, Action<Utf8JsonWriter> details) => Line(writer =>
    {
        writer.WriteString("type", "user");
        writer.WriteStartObject("message");
        writer.WriteString("role", "user");
        writer.WriteStartArray("content");
        writer.WriteStartObject();
        writer.WriteString("tool_use_id", call);
        writer.WriteString("type", "tool_result");
        writer.WriteString("content", text);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteNull("parent_tool_use_id");
        writer.WriteString("session_id", "6d1f6f0a-0000-4000-8000-000000000001");
        writer.WriteStartObject("tool_use_result");
        details(writer);
        writer.WriteEndObject();
    });

    private static void Block(Utf8JsonWriter writer, string type, string member, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("type", type);
        writer.WriteString(member, text);
        writer.WriteEndObject();
    }

    private static void Call(Utf8JsonWriter writer, string id, string name, Action<Utf8JsonWriter> input)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "tool_use");
        writer.WriteString("id", id);
        writer.WriteString("name", name);
        writer.WriteStartObject("input");
        input(writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private string Text(int least, int most) => string.Create(_random.Next(least, most), _random, static (into, random) =>
    {
        while (!into.IsEmpty)
        {
            var word = Words[random.Next(Words.Length)].AsSpan();
            word = word[..Math.Min(word.Length, into.Length)];
            word.CopyTo(into);
            into = into[word.Length..];
            if (!into.IsEmpty)
            {
                into[0] = ' ';
                into = into[1..];
            }
        }
    });

    private byte[] Line(Action<Utf8JsonWriter> write)
    {
        _line.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        _line.Write("\n"u8);
        return _line.WrittenSpan.ToArray();
    }
}
