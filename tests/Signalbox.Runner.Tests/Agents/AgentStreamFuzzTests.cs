using FsCheck;
using FsCheck.Fluent;
using Signalbox.Runner.Facts;
using Xunit;

namespace Signalbox.Runner.Tests.Agents;

/// <summary>Whatever bytes an agent writes: no exception, and no line lost behind those that are broken.</summary>
public sealed class AgentStreamFuzzTests
{
    private const int Rounds = 400;

    private static readonly string[] Claude =
        ["repeated-usage", "errors", "denials", "retries", "cut-off", "reset", "subagents", "sessions", "partial-messages", "unknown-and-broken"];

    private static readonly string[] All = [.. Claude, "codex"];

    [Fact]
    public void RandomBytesAreNoFault()
    {
        var random = new Random(20260304);
        foreach (var name in (string[])["errors", "codex"])
        {
            for (var round = 0; round < Rounds; round++)
            {
                var bytes = new byte[random.Next(1, 400)];
                random.NextBytes(bytes);
                CheckThatTheNextLineIsRead(name, bytes);
            }
        }
    }

    [Fact]
    public void ChangedTranscriptsAreNoFault()
    {
        var random = new Random(20260305);
        foreach (var name in All)
        {
            var original = TranscriptTests.BytesOf(name);
            for (var round = 0; round < Rounds / 4; round++)
            {
                CheckThatTheNextLineIsRead(name, Change(original, random));
            }
        }
    }

    [Fact]
    public void AnyCuttingIntoChunksGivesTheSame() => Prop.ForAll<PositiveInt, NonNegativeInt>(static (size, which) =>
    {
        var name = All[which.Get % All.Length];
        var stream = TranscriptTests.BytesOf(name);
        var whole = StreamTranscript.Read(TranscriptTests.ReaderOf(name), stream);
        var cut = StreamTranscript.Read(TranscriptTests.ReaderOf(name), stream, 1 + (size.Get * 37 % 5000));
        return whole.ToString() == cut.ToString();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void LinesThatComeTwiceAreCountedOnce()
    {
        foreach (var name in (string[])["repeated-usage", "denials", "subagents"])
        {
            var lines = System.Text.Encoding.UTF8.GetString(TranscriptTests.BytesOf(name)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var doubled = string.Join('\n', lines.SelectMany(static line => line.Contains("\"assistant\"", StringComparison.Ordinal) ? (string[])[line, line] : [line]));

            var once = StreamTranscript.Read(TranscriptTests.ReaderOf(name), TranscriptTests.BytesOf(name)).Usage;
            var twice = StreamTranscript.Read(TranscriptTests.ReaderOf(name), System.Text.Encoding.UTF8.GetBytes(doubled)).Usage;

            Assert.Equal((once.TotalTokens, once.Messages, once.CacheHits, true), (twice.TotalTokens, twice.Messages, twice.CacheHits, twice.Reconciliation.Agrees));
        }
    }

    private static void CheckThatTheNextLineIsRead(string name, byte[] bytes)
    {
        var last = name == "codex"
            ? "\n{\"type\":\"item.completed\",\"item\":{\"type\":\"agent_message\",\"text\":\"the last\"}}"u8
            : "\n{\"type\":\"assistant\",\"message\":{\"content\":\"the last\"}}"u8;
        var read = StreamTranscript.Read(TranscriptTests.ReaderOf(name), [.. bytes, .. last], chunk: 97);

        Assert.Equal("the last", Assert.IsType<AssistantSpoke>(read.Events[^1]).Text);
        Assert.True(read.Usage.TotalTokens >= 0);
        foreach (var told in read.Events)
        {
            // Texts and values that are handed on can be written again.
            Assert.NotEmpty(StreamTranscript.Describe(told));
        }
    }

    private static byte[] Change(byte[] original, Random random)
    {
        var changed = original.ToList();
        for (var change = random.Next(1, 12); change > 0; change--)
        {
            var place = random.Next(changed.Count);
            switch (random.Next(5))
            {
                case 0:
                    changed[place] = (byte)random.Next(256);
                    break;
                case 1:
                    changed.RemoveRange(place, Math.Min(random.Next(1, 60), changed.Count - place));
                    break;
                case 2:
                    changed.InsertRange(place, changed.GetRange(random.Next(changed.Count / 2), random.Next(1, changed.Count / 4)));
                    break;
                case 3:
                    changed[place] = "{}[]\",:\\u0"u8[random.Next(10)];
                    break;
                default:
                    changed.InsertRange(place, [.. "\\ud800"u8]);
                    break;
            }
        }

        return [.. changed];
    }
}
