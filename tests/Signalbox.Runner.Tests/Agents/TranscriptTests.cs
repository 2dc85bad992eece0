using Signalbox.Runner.Agents;
using Signalbox.Runner.Agents.Claude;
using Signalbox.Runner.Usage;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Agents;

/// <summary>Transcripts of our own, each with what becomes of it: events, counts, usage.</summary>
public sealed class TranscriptTests
{
    private const string Folder = "tests/Signalbox.Runner.Tests/Agents/Transcripts";

    private static readonly PriceTable Prices = new([
        new ModelPrice("claude-sonnet-*", 3, 15, 0.3m, 3.75m), new ModelPrice("claude-haiku-*", 1, 5, 0.1m, 1.25m), new ModelPrice("gpt-5", 1.25m, 10, 0.125m, 1.25m)]);

    [Theory]
    [InlineData("repeated-usage")]
    [InlineData("errors")]
    [InlineData("denials")]
    [InlineData("retries")]
    [InlineData("cut-off")]
    [InlineData("reset")]
    [InlineData("subagents")]
    [InlineData("sessions")]
    [InlineData("partial-messages")]
    [InlineData("unknown-and-broken")]
    [InlineData("codex")]
    public void GivesWhatIsWrittenBesideIt(string name) =>
        Golden.Matches($"{Folder}/{name}.golden.txt", StreamTranscript.Read(ReaderOf(name), BytesOf(name), prices: Prices).ToString());

    public static byte[] BytesOf(string name) => File.ReadAllBytes(RepositoryRoot.File([.. Folder.Split('/'), name + ".jsonl"]));

    internal static IAgentReader ReaderOf(string name) =>
        name == "codex" ? AgentReaders.Create("codex", AgentReaders.Find(OptionsOf("codex"), []).Mapping, ["codex", "exec", "--json", "-m", "gpt-5", "fix it"])! : new ClaudeCodeReader();

    private static AgentOptions OptionsOf(string kind) =>
        new() { Kind = kind, Hook = false, HangAfterResult = TimeSpan.Zero, StallTimeout = TimeSpan.Zero, MaxLineBytes = 1 << 20 };
}
