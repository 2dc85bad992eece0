using System.Globalization;
using System.Text.Json;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;
using Signalbox.Runner.Tests.Reports;
using Signalbox.Runner.Tracing;
using Signalbox.Sdk.Redaction;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Tracing;

public sealed class TraceReadingTests
{
    private static readonly JsonElement NoInput = JsonDocument.Parse("{}").RootElement;

    public static TheoryData<string> Versions => [.. TraceNames.Versions];

    [Theory]
    [MemberData(nameof(Versions))]
    public void ARunIsTheSpansThatAreCommitted(string version)
    {
        using var document = JsonDocument.Parse(Read().Write(SampleReports.Agent, version));
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            document.WriteTo(writer);
        }

        Golden.Matches($"tests/Signalbox.Runner.Tests/Tracing/Goldens/{version}.json", System.Text.Encoding.UTF8.GetString(text.ToArray()) + "\n");
    }

    [Fact]
    public void SpansHangTogetherUnderTheRunsOwn()
    {
        var spans = Spans(Read().Write(SampleReports.Agent, null));
        var ids = spans.Select(static span => span.GetProperty("spanId").GetString()!).ToHashSet();

        Assert.Equal(spans.Count, ids.Count);
        Assert.All(spans, static span => Assert.Equal("0af7651916cd43dd8448eb211c80319c", span.GetProperty("traceId").GetString()));
        Assert.All(spans.Skip(1), span => Assert.Contains(span.GetProperty("parentSpanId").GetString()!, ids));
        Assert.Equal("00f067aa0ba902b7", spans[0].GetProperty("parentSpanId").GetString());
        Assert.Equal("RUN agent", spans[0].GetProperty("name").GetString());
        Assert.All(spans, static span => Assert.True(Nanoseconds(span, "startTimeUnixNano") <= Nanoseconds(span, "endTimeUnixNano"), "It ends before it starts."));
    }

    [Fact]
    public void ASubagentsSpansHangUnderTheCallThatStartedIt()
    {
        var spans = Spans(Read().Write(SampleReports.Agent, null));
        var call = spans.Single(static span => span.GetProperty("name").GetString() == "execute_tool Task");

        Assert.Equal(call.GetProperty("spanId").GetString(), spans.Single(static span => span.GetProperty("name").GetString() == "chat claude-haiku-4-5").GetProperty("parentSpanId").GetString());
    }

    [Fact]
    public void AMessageIsOneSpanWithItsLastUsageHoweverOftenItIsTold()
    {
        var chat = Spans(Read().Write(SampleReports.Agent, "cicd-1.36+genai-1.36")).Single(static span => Attribute(span, "gen_ai.response.id") == "msg_01");

        Assert.Equal("100", Attribute(chat, "gen_ai.usage.input_tokens"));
        Assert.Equal("42", Attribute(chat, "gen_ai.usage.output_tokens"));
        Assert.Equal("2000", Attribute(chat, "gen_ai.usage.cache_read_input_tokens"));
        Assert.Equal("anthropic", Attribute(chat, "gen_ai.system"));
    }

    [Fact]
    public void ADeniedCallIsAnErrorThatNamesItsPolicy()
    {
        var call = Spans(Read().Write(SampleReports.Agent, null)).Single(static span => Attribute(span, "gen_ai.tool.call.id") == "toolu_06");

        Assert.Equal("true", Attribute(call, "signalbox.denied"));
        Assert.Equal("no-production", Attribute(call, "signalbox.policy.id"));
        Assert.Equal("denied", Attribute(call, "error.type"));
        Assert.Equal(2, call.GetProperty("status").GetProperty("code").GetInt32());
    }

    [Fact]
    public void OrderBetweenFactsOfDifferentFilesDoesNotMatter()
    {
        var facts = Facts().ToArray();
        var replayed = facts.OfType<AgentEvent>().Cast<RunFact>().Concat(facts.Where(static fact => fact is not AgentEvent));

        Assert.Equal(Read(facts).Write(SampleReports.Agent, null), Read(replayed).Write(SampleReports.Agent, null));
    }

    [Fact]
    public void SpansAreBoundedAndTheRestIsCountedOnce()
    {
        var reading = new TraceReading(Redactor.Default, maxSpans: 2);
        foreach (var fact in Facts())
        {
            reading.Take(fact);
        }

        var spans = Spans(reading.Write(SampleReports.Agent, null));

        Assert.Equal(4, spans.Count);
        Assert.Equal("4", Attribute(spans[0], "signalbox.spans.omitted"));
    }

    [Fact]
    public void SecretsDoNotReachASpan()
    {
        var reading = Read();
        reading.Take(new ToolCalled { At = SampleReports.Start, Line = 90, ToolUseId = "toolu_90", Name = "x ghp_0123456789abcdefghijABCDEFGHIJ012345", Input = NoInput });

        Assert.DoesNotContain("ghp_0123456789", System.Text.Encoding.UTF8.GetString(reading.Write(SampleReports.Agent, null)), StringComparison.Ordinal);
    }

    [Fact]
    public void ACommandWithoutAnAgentIsOneSpan()
    {
        var reading = new TraceReading(Redactor.Default);
        reading.Take(Start() with { Agent = null, ParentSpanId = null, Ci = new CiContext { Platform = "shell" } });

        var span = Assert.Single(Spans(reading.Write(SampleReports.Plain, null)));

        Assert.Equal("RUN claude", span.GetProperty("name").GetString());
        Assert.False(span.TryGetProperty("parentSpanId", out _));
        Assert.Equal("success", Attribute(span, "cicd.pipeline.result"));
    }

    [Fact]
    public void AVersionOfAnotherReleaseIsWrittenAsTheDefault() =>
        Assert.Equal(Read().Write(SampleReports.Agent, null), Read().Write(SampleReports.Agent, "cicd-9.9+genai-9.9"));

    private static TraceReading Read() => Read(Facts());

    private static TraceReading Read(IEnumerable<RunFact> facts)
    {
        var reading = new TraceReading(Redactor.Default);
        foreach (var fact in facts)
        {
            reading.Take(fact);
        }

        return reading;
    }

    private static RunStart Start() => new()
    {
        At = SampleReports.Start,
        RunId = SampleReports.Agent.Id,
        TraceId = SampleReports.Agent.TraceId,
        SpanId = SampleReports.Agent.SpanId,
        ParentSpanId = "00f067aa0ba902b7",
        Command = ["claude", "-p"],
        Folder = "/builds/shop",
        Root = "/builds/shop",
        Agent = "claude-code",
        Ci = new CiContext
        {
            Platform = "github",
            RunId = "10453311233",
            Url = "https://github.com/acme/shop/actions/runs/10453311233/attempts/1",
            JobId = "29012345678",
            JobName = "fix",
            Pipeline = "agent",
            Repository = "acme/shop",
            RepositoryUrl = "https://github.com/acme/shop",
            Branch = "fix/build",
            Commit = "3f2a9c81d4b5e6f708192a3b4c5d6e7f80912233",
            PullRequest = "42",
            BaseBranch = "main",
            Actor = new CiActor("alice"),
        },
        Limits = new RunLimits { MemoryBytes = 536_870_912 },
        RedactionKey = "a2V5",
        RunnerVersion = "0.1.0",
    };

    private static IEnumerable<RunFact> Facts()
    {
        const string Sonnet = "claude-sonnet-4-5-20250929";
        yield return Start();
        yield return new SessionStarted { At = At(1), Line = 0, SessionId = "session-1", Model = Sonnet, Version = "2.1.240" };
        yield return new AssistantSpoke { At = At(3), Line = 1, MessageId = "msg_01", Model = Sonnet, Text = "Looking.", Usage = new TokenCounts(100, 5, 2000, 300) };
        yield return new AssistantSpoke { At = At(4), Line = 2, MessageId = "msg_01", Model = Sonnet, StopReason = "tool_use", Usage = new TokenCounts(100, 42, 2000, 300) };
        yield return new ToolCalled { At = At(4), Line = 2, ToolUseId = "toolu_02", Name = "Edit", Input = NoInput };
        yield return new ToolReturned { At = At(5), Line = 3, ToolUseId = "toolu_02" };
        yield return new ToolCalled { At = At(6), Line = 4, ToolUseId = "toolu_06", Name = "Edit", Input = NoInput };
        yield return new ToolReturned { At = At(7), Line = 5, ToolUseId = "toolu_06", IsError = true, Text = "denied" };
        yield return new ToolCalled { At = At(8), Line = 6, ToolUseId = "toolu_07", Name = "Task", Input = NoInput };
        yield return new AssistantSpoke { At = At(10), Line = 7, MessageId = "msg_02", Model = "claude-haiku-4-5", ParentToolUseId = "toolu_07", Usage = new TokenCounts(10, 3, 0, 0) };
        yield return new ToolReturned { At = At(12), Line = 8, ToolUseId = "toolu_07" };
        yield return new ToolCalled { At = At(13), Line = 9, ToolUseId = "toolu_08", Name = "Bash", Input = NoInput };
        yield return new ResultReported { At = At(20), Line = 10, Subtype = "success", SessionId = "session-1" };
        yield return new RunnerEvent { At = At(21), Kind = RunnerEventKind.Ended, Text = "The command has ended." };
    }

    private static DateTimeOffset At(int seconds) => SampleReports.Start.AddSeconds(seconds);

    private static List<JsonElement> Spans(byte[] body) =>
        [.. JsonDocument.Parse(body).RootElement.GetProperty("resourceSpans")[0].GetProperty("scopeSpans")[0].GetProperty("spans").EnumerateArray()];

    private static long Nanoseconds(JsonElement span, string name) => long.Parse(span.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static string? Attribute(JsonElement span, string name) => span.GetProperty("attributes").EnumerateArray()
        .Where(attribute => attribute.GetProperty("key").GetString() == name)
        .Select(static attribute => attribute.GetProperty("value").EnumerateObject().Single().Value.ToString().ToLowerInvariant())
        .SingleOrDefault();
}
