using System.Text.RegularExpressions;
using Signalbox.Runner.Agents;
using Signalbox.Runner.Agents.Claude;
using Signalbox.Runner.Auditing;
using Signalbox.Runner.Tests.Agents;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Auditing;

/// <summary>Whole transcripts of agents, each with the records, tools and denials that come of it.</summary>
public sealed partial class AuditTranscriptTests
{
    private const string Folder = "tests/Signalbox.Runner.Tests/Auditing/Goldens";

    [Theory]
    [InlineData("denials")]
    [InlineData("errors")]
    [InlineData("subagents")]
    [InlineData("cut-off")]
    [InlineData("sessions")]
    [InlineData("unknown-and-broken")]
    [InlineData("codex")]
    public void GivesWhatIsWrittenBesideIt(string name) => Check(name, TranscriptTests.ReaderOf(name), TranscriptTests.BytesOf(name));

    [Fact]
    public void GivesForTheConformanceTranscriptWhatIsWrittenBesideIt() =>
        Check("conformance", new ClaudeCodeReader(), File.ReadAllBytes(Path.Combine(ConformanceFolder.Require("stream-json"), "claude_stream_json_session.jsonl")));

    private static void Check(string name, IAgentReader reader, byte[] stream)
    {
        var scene = new RunScene();
        var reading = scene.Read(StreamTranscript.Read(reader, stream).Events);
        var text = string.Join('\n', reading.Records.Select(AuditLine.Text)) + "\n\n"
            + string.Join('\n', reading.Tools.Tools.Select(static tool => FormattableString.Invariant($"{tool.Name}: {tool.Calls} calls, {tool.Failed} failed, {tool.Denied} denied"))) + "\n\n"
            + string.Join('\n', reading.Tools.Denials.Select(static denial => $"{denial.ToolUseId} {denial.Tool} {denial.Resource} [{string.Join(", ", denial.Signals)}] {denial.Reason}")) + "\n";
        Golden.Matches($"{Folder}/{name}.golden.txt", Line().Replace(text, "AuditLine.cs:0"));
    }

    [GeneratedRegex(@"AuditLine\.cs:\d+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();
}
