using System.Text;
using Signalbox.Runner.Agents;
using Signalbox.Runner.Agents.Claude;
using Signalbox.Runner.Facts;
using Xunit;

namespace Signalbox.Runner.Tests.Agents;

public sealed class ClaudeCodeReaderTests
{
    [Fact]
    public void ReadsAHugeToolInputWithinBounds()
    {
        var content = new string('x', 20 << 20);

        var call = Assert.Single(Read($$$"""{"type":"assistant","message":{"id":"m","content":[{"type":"tool_use","id":"t","name":"Write","input":{"file_path":"a.txt","content":"{{{content}}}"}}]}}""").Events.OfType<ToolCalled>());

        Assert.Equal("a.txt", call.Input.GetProperty("file_path").GetString());
        Assert.EndsWith($"… [cut: {content.Length} bytes]", call.Input.GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ReadsAHugeAnswerWithinBoundsAndTheLineAfterIt()
    {
        var text = new string('y', 30 << 20);

        var read = Read($$$"""
            {"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"t","content":"{{{text}}}"}]},"tool_use_result":{"stdout":"{{{text}}}"}}
            {"type":"assistant","message":{"id":"m","content":"after"}}
            """);

        var answer = Assert.Single(read.Events.OfType<ToolReturned>());
        Assert.InRange(answer.Text!.Length, 64 << 10, (64 << 10) + 50);
        Assert.InRange(answer.Details!.Value.GetProperty("stdout").GetString()!.Length, BoundedParts.MaxTextBytes, BoundedParts.MaxTextBytes + 50);
        Assert.Equal("after", Assert.Single(read.Events.OfType<AssistantSpoke>()).Text);
    }

    [Fact]
    public void CountsALineAboveTheBoundAndReadsOn()
    {
        var stream = Encoding.UTF8.GetBytes($"{{\"type\":\"user\",\"message\":{{\"content\":\"{new string('x', 2000)}\"}}}}\n{{\"type\":\"user\",\"message\":{{\"content\":\"after\"}}}}\n");

        var read = StreamTranscript.Read(new ClaudeCodeReader(), stream, chunk: 100, maxLineBytes: 1000);

        Assert.Equal((2, 1, 1), (read.Report.Lines, read.Report.Broken, read.Report.Oversized));
        Assert.IsType<BrokenLine>(read.Events[0]);
        Assert.Equal("after", Assert.IsType<AgentNote>(read.Events[1]).Text);
    }

    [Fact]
    public void KeepsThePartsOfAnAnswerThatSayWhatWasChanged()
    {
        var answer = Assert.Single(Read($$$"""{"type":"user","message":{"content":[{"type":"tool_result","tool_use_id":"t","content":"ok"}]},"tool_use_result":{"filePath":"a.cs","originalFile":"{{{new string('x', 3000)}}}","structuredPatch":[{"lines":["-a","+\ud83d"]}],"count":2,"none":null}}""").Events.OfType<ToolReturned>());

        Assert.Equal($$$"""{"filePath":"a.cs","originalFile":"{{{new string('x', 512)}}}… [cut: 3000 bytes]","structuredPatch":[{"lines":["-a","+�"]}],"count":2,"none":null}""", answer.Details!.Value.GetRawText());
    }

    [Theory]
    [InlineData("\0\0\0{\"type\":\"user\"}")]
    [InlineData("{\"type\":\"user\",\"message\":{\"content\":\"a\0b\"}}")]
    [InlineData("\u001b[?25h{\"type\":\"user\"}")]
    public void ALineWithControlCharactersIsBroken(string line) => Assert.IsType<BrokenLine>(Assert.Single(Read(line).Events));

    [Fact]
    public void ReadsTextThatIsNoUtf8()
    {
        byte[] line = [.. "{\"type\":\"user\",\"message\":{\"content\":\"a"u8, 0xFF, 0xFE, .. "b\"}}"u8];

        Assert.Equal("a\uFFFD\uFFFDb", Assert.IsType<AgentNote>(Assert.Single(StreamTranscript.Read(new ClaudeCodeReader(), line).Events)).Text);
    }

    [Fact]
    public void ReadsDenialsAndTheClosingAccountInEitherSpelling()
    {
        const string Snake = """
            {"type":"system","subtype":"permission_denied","tool_use_id":"t1","tool_name":"Edit","tool_input":{"file_path":"a"},"decision_reason_type":"rule","decision_reason":"no"}
            {"type":"result","subtype":"error_max_turns","is_error":true,"num_turns":3,"duration_ms":5,"duration_api_ms":4,"total_cost_usd":0.5,"session_id":"s","stop_reason":"x","permission_denials":[{"tool_name":"Write","tool_use_id":"t2","tool_input":{"file_path":"b"}}]}
            """;
        const string Camel = """
            {"type":"system","subtype":"permission_denied","toolUseId":"t1","toolName":"Edit","toolInput":{"file_path":"a"},"decisionReasonType":"rule","decisionReason":"no"}
            {"type":"result","subtype":"error_max_turns","isError":true,"numTurns":3,"durationMs":5,"durationApiMs":4,"totalCostUsd":0.5,"sessionId":"s","stopReason":"x","permissionDenials":[{"toolName":"Write","toolUseID":"t2","toolInput":{"file_path":"b"}}]}
            """;

        var told = Read(Camel).Events;

        Assert.Equal(Read(Snake).Events.Select(StreamTranscript.Describe), told.Select(StreamTranscript.Describe));
        Assert.Equal(("t1", "Edit", "no"), told.OfType<PermissionDenied>().Select(static denial => (denial.ToolUseId, denial.ToolName, denial.Reason)).Single());
        var result = told.OfType<ResultReported>().Single();
        Assert.Equal((true, 3L, 0.5, "s"), (result.IsError, result.Turns!.Value, result.CostUsd!.Value, result.SessionId));
        Assert.Equal(("t2", "Write", "b"), result.Denials.Select(static denial => (denial.ToolUseId, denial.ToolName, denial.Input!.Value.GetProperty("file_path").GetString())).Single());
    }

    [Fact]
    public void ReadsTheSameBehindAByteOrderMarkAndWithCarriageReturns()
    {
        var plain = Encoding.UTF8.GetString(TranscriptTests.BytesOf("repeated-usage"));

        var marked = Read("\uFEFF" + plain.Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Equal(Read(plain).Events.Select(StreamTranscript.Describe), marked.Events.Select(StreamTranscript.Describe));
    }

    [Fact]
    public void DeepNestingIsNoFault()
    {
        var deep = $"{string.Concat(Enumerable.Repeat("[", 400))}{string.Concat(Enumerable.Repeat("]", 400))}";

        var read = Read($$$"""
            {"type":"assistant","message":{"content":[{"type":"tool_use","id":"t","name":"x","input":{"a":{{{deep}}}}}]}}
            {"type":"assistant","x":{{{string.Concat(Enumerable.Repeat(deep[..400], 10))}}}
            """);

        Assert.Single(read.Events.OfType<ToolCalled>());
        Assert.Equal(1, read.Report.Broken);
    }

    private static StreamTranscript Read(string stream) => StreamTranscript.Read(new ClaudeCodeReader(), Encoding.UTF8.GetBytes(stream));
}
