using System.Globalization;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings;
using Signalbox.Runner.Readings.Report;
using Signalbox.Runner.Tests.App;
using Signalbox.Sdk.Redaction;
using Xunit;

namespace Signalbox.Runner.Tests.Readings;

public sealed class TimelineReadingTests
{
    private static readonly HashSet<string> Nobody = [];

    [Fact]
    public void TellsTurnsCallsAndTheirEnds()
    {
        var entries = Finish(
            Nobody,
            AgentLines.Session.Replace("$FOLDER", "/code", StringComparison.Ordinal),
            AgentLines.Says("m-1", "First."),
            AgentLines.Says("m-1", "First, again."),
            AgentLines.Edits("toolu_1", "a.cs").Replace("$FOLDER", "/code", StringComparison.Ordinal),
            AgentLines.Returns("toolu_1", "ok"),
            AgentLines.Result());

        Assert.Equal(["session", "text", "text", "tool", "result"], entries.Select(static entry => entry.Kind));
        Assert.Equal([null, 1, 1, 2, 2], entries.Select(static entry => entry.Turn));
        var tool = entries[3];
        Assert.Equal(("Edit a.cs", "succeeded", 1.0, "toolu_1"), (tool.Title, tool.Outcome, tool.DurationSeconds, tool.ToolUseId));
        Assert.Equal([null, 110, null, 120, null], entries.Select(static entry => entry.Tokens));
    }

    [Fact]
    public void MarksWhatWasRefusedAndWhatNobodyAnswered()
    {
        var lines = new[] { AgentLines.Edits("toolu_1", "a.cs"), AgentLines.Edits("toolu_2", "b.cs") };

        Assert.Equal(["denied", "unanswered"], Finish(new HashSet<string> { "toolu_1" }, lines).Select(static entry => entry.Outcome));
    }

    [Fact]
    public void KeepsTheBeginningAndTheEndOfWhatIsTooLong()
    {
        var reading = new TimelineReading(RunFacts.Start(), Redactor.Default, new TimelineBounds(First: 3, Last: 2));
        foreach (var told in RunFacts.Told(string.Join('\n', Enumerable.Range(0, 10).Select(static index => AgentLines.Says(index.ToString(CultureInfo.InvariantCulture), $"text {index}")))))
        {
            reading.Take(told);
        }

        Assert.Equal(["text 0", "text 1", "text 2", "text 8", "text 9"], reading.Finish(Nobody).Select(static entry => entry.Detail));
        Assert.Equal(5, reading.Omitted);
    }

    [Fact]
    public void ErasesSecretsBeforeItCuts()
    {
        var secret = "-----BEGIN RSA PRIVATE KEY-----\n" + string.Concat(Enumerable.Repeat("MIIEpAIBAAKCAQEA7bq1hXkMZ0s9k2v8QwErTyUiOpAsDfGhJkLzXcVb\n", 40)) + "-----END RSA PRIVATE KEY-----";

        var entry = Assert.Single(Finish(Nobody, AgentLines.Says("m-1", new string('x', 900) + "\n" + secret)));

        Assert.DoesNotContain("MIIEpAIBAAKCAQEA7bq1", entry.Detail, StringComparison.Ordinal);
    }

    private static IReadOnlyList<TimelineEntry> Finish(IReadOnlySet<string> denied, params string[] lines)
    {
        var reading = new TimelineReading(RunFacts.Start(), Redactor.Default, new TimelineBounds());
        foreach (var told in RunFacts.Told(string.Join('\n', lines)))
        {
            reading.Take(told);
        }

        return reading.Finish(denied);
    }
}
