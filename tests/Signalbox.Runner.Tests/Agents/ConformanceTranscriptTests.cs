using Signalbox.Runner.Agents.Claude;
using Signalbox.Runner.Facts;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Agents;

/// <summary>The transcript that others wrote, read where it stands.</summary>
public sealed class ConformanceTranscriptTests
{
    [Fact]
    public void ReadsEveryLineOfTheTranscript()
    {
        var read = Read();

        Assert.Equal(
            [
                "SessionStarted", "AgentNote", "AssistantSpoke", "ToolCalled", "ToolCalled", "ToolReturned", "ToolReturned", "AssistantSpoke", "ResultReported",
                "SessionStarted", "ResultReported",
            ],
            read.Events.Select(static told => told.GetType().Name));
        Assert.Equal((9, 0, 0), (read.Report.Lines, read.Report.Broken, read.Report.Unknown.Count));
        Assert.Equal(["Bash", "Write"], read.Events.OfType<ToolCalled>().Select(static call => call.Name));
        var failed = read.Events.OfType<ResultReported>().Last();
        Assert.True(failed.IsError);
        Assert.Equal("Write", Assert.Single(failed.Denials).ToolName);
        Assert.Single(failed.Errors);
    }

    [Fact]
    public void CountsWhatItsTwoSessionsReport()
    {
        var usage = Read().Usage;

        var model = Assert.Single(usage.Models);
        Assert.Equal((170, 88, 0.013345), (model.Input, model.Output, usage.CostUsd));
        Assert.Equal("reported", usage.CostSource);
        Assert.False(usage.Reconciliation.Agrees);
        Assert.Equal([("input", 253L, 170L), ("output", 118L, 88L)], usage.Reconciliation.Differences.Select(static one => (one.Kind, one.Counted, one.Reported)));
    }

    private static StreamTranscript Read() =>
        StreamTranscript.Read(new ClaudeCodeReader(), File.ReadAllBytes(Path.Combine(ConformanceFolder.Require("stream-json"), "claude_stream_json_session.jsonl")));
}
