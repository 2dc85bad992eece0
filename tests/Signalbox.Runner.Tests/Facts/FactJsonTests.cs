using System.Text.Json;
using Signalbox.Runner.Facts;
using Xunit;

namespace Signalbox.Runner.Tests.Facts;

/// <summary>The facts that are written and read by hand, in their files' form.</summary>
public sealed class FactJsonTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 24, 10, 0, 0, 123, TimeSpan.Zero);

    private static readonly RunStart Full = new()
    {
        At = At,
        RunId = "20260124T100000Z-1a2b3c4d",
        TraceId = "0af7651916cd43dd8448eb211c80319c",
        SpanId = "b7ad6b7169203331",
        ParentSpanId = "00f067aa0ba902b7",
        Command = ["claude", "-p", "grüße \"an\" alle"],
        Folder = "/repo/app",
        Root = "/repo",
        Agent = "claude-code",
        Ci = new CiContext
        {
            Platform = "github",
            RunId = "1",
            Attempt = "2",
            Number = "3",
            Url = "https://ci.example/1",
            JobId = "4",
            JobName = "test",
            JobUrl = "https://ci.example/4",
            Pipeline = "build",
            Project = "p",
            WorkerName = "w",
            Actor = new CiActor("ada", "Ada", "42"),
            Repository = "o/r",
            RepositoryUrl = "https://ci.example/o/r",
            Branch = "topic",
            Tag = "v1",
            Commit = "abc",
            PullRequest = "7",
            BaseBranch = "main",
            Event = "push",
        },
        Limits = new RunLimits { MemoryBytes = 1, Tokens = 2, Usd = 3.5, Minutes = 4.25, Turns = 5 },
        Mapping = "name: x",
        Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["risk"] = "{}" },
        RedactionKey = "a2V5",
        RunnerVersion = "1.2.3",
    };

    [Fact]
    public void WritesTheBeginningInItsForm() => Assert.Equal(
        """{"runId":"20260124T100000Z-1a2b3c4d","traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","parentSpanId":"00f067aa0ba902b7","command":["claude","-p","gr\u00FC\u00DFe \u0022an\u0022 alle"],"folder":"/repo/app","root":"/repo","agent":"claude-code","ci":{"platform":"github","runId":"1","attempt":"2","number":"3","url":"https://ci.example/1","jobId":"4","jobName":"test","jobUrl":"https://ci.example/4","pipeline":"build","project":"p","workerName":"w","actor":{"id":"ada","name":"Ada","number":"42"},"repository":"o/r","repositoryUrl":"https://ci.example/o/r","branch":"topic","tag":"v1","commit":"abc","pullRequest":"7","baseBranch":"main","event":"push"},"limits":{"memoryBytes":1,"tokens":2,"usd":3.5,"minutes":4.25,"turns":5},"mapping":"name: x","settings":{"risk":"{}"},"redactionKey":"a2V5","runnerVersion":"1.2.3","at":"2026-01-24T10:00:00.123Z"}""",
        JsonSerializer.Serialize(Full, FactsJson.Default.RunStart));

    [Fact]
    public void WritesDecisionsInTheirFormAndReadsThemBack()
    {
        var decided = new PolicyDecided
        {
            At = At,
            ToolUseId = "u",
            Allow = true,
            PolicyId = "p",
            Reasons = ["a", "ä"],
            DecisionId = "d",
            Bundles = ["b=1"],
            Erased = ["/x"],
            Source = "opa",
            Enforced = true,
            Failure = "f",
        };
        var json = JsonSerializer.Serialize(decided, FactsJson.Default.PolicyDecided);

        Assert.Equal("""{"toolUseId":"u","allow":true,"policyId":"p","reasons":["a","\u00E4"],"decisionId":"d","bundles":["b=1"],"erased":["/x"],"source":"opa","enforced":true,"failure":"f","at":"2026-01-24T10:00:00.123Z"}""", json);
        Assert.Equivalent(decided, JsonSerializer.Deserialize(json, FactsJson.Default.PolicyDecided), strict: true);
    }

    [Theory]
    [InlineData("""{"toolUseId":null,"allow":true,"policyId":"p","source":"s","enforced":true,"at":"2026-01-24T10:00:00.123Z"}""")]
    [InlineData("""{"toolUseId":"u","allow":1,"policyId":"p","source":"s","enforced":true,"at":"2026-01-24T10:00:00.123Z"}""")]
    [InlineData("""{"toolUseId":"u","allow":true,"policyId":"p","reasons":[1],"source":"s","enforced":true,"at":"2026-01-24T10:00:00.123Z"}""")]
    [InlineData("""{"toolUseId":"u","allow":true,"policyId":"p","reasons":"r","source":"s","enforced":true,"at":"2026-01-24T10:00:00.123Z"}""")]
    [InlineData("""{"toolUseId":"u","allow":true,"policyId":"p","source":"s","enforced":true}""")]
    [InlineData("""{"toolUseId":"\ud800","allow":true,"policyId":"p","source":"s","enforced":true,"at":"2026-01-24T10:00:00.123Z"}""")]
    [InlineData("[]")]
    public void RefusesWhatIsNoDecision(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, FactsJson.Default.PolicyDecided));

    [Fact]
    public void ReadsADecisionWithoutWhatMayBeAbsent()
    {
        var read = JsonSerializer.Deserialize("""{"toolUseId":"u","allow":false,"policyId":"p","reasons":null,"bundles":[null,"b"],"source":"s","enforced":false,"at":"2026-01-24T10:00:00.123Z","more":1}""", FactsJson.Default.PolicyDecided)!;

        Assert.Equal((0, "b", 0, null), (read.Reasons.Count, Assert.Single(read.Bundles), read.Erased.Count, read.DecisionId));
    }

    [Fact]
    public void WritesChangesInTheirFormAndReadsThemBack()
    {
        var changed = new WorkTreeChanged
        {
            At = At,
            Method = "git",
            Changes = [new WorkTreeChange("a", "modified", 1, 2, 3, "+x") { TextHash = "h" }, new WorkTreeChange("b", "deleted", null, null, 0, null)],
            Omitted = 4,
            HeadBefore = "1",
            HeadAfter = "2",
        };
        var json = JsonSerializer.Serialize(changed, FactsJson.Default.WorkTreeChanged);

        Assert.Equal("""{"method":"git","changes":[{"path":"a","kind":"modified","linesAdded":1,"linesRemoved":2,"bytes":3,"diff":"\u002Bx","textHash":"h"},{"path":"b","kind":"deleted","bytes":0}],"omitted":4,"headBefore":"1","headAfter":"2","at":"2026-01-24T10:00:00.123Z"}""", json);
        Assert.Equivalent(changed, JsonSerializer.Deserialize(json, FactsJson.Default.WorkTreeChanged), strict: true);
    }

    [Theory]
    [InlineData("""{"method":"git","at":"2026-01-24T10:00:00.123Z"}""")]
    [InlineData("""{"method":"git","changes":{},"at":"2026-01-24T10:00:00.123Z"}""")]
    [InlineData("""{"method":"git","changes":[1],"at":"2026-01-24T10:00:00.123Z"}""")]
    [InlineData("""{"method":"git","changes":[{"path":"a","kind":"added","bytes":"1"}],"at":"2026-01-24T10:00:00.123Z"}""")]
    public void RefusesWhatAreNoChanges(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, FactsJson.Default.WorkTreeChanged));

    [Fact]
    public void ReadsEveryMemberOfTheBeginningBack()
    {
        var json = JsonSerializer.Serialize(Full, FactsJson.Default.RunStart);
        var read = JsonSerializer.Deserialize(json, FactsJson.Default.RunStart)!;

        // Lists and dictionaries are compared by what they hold.
        Assert.Equivalent(Full, read, strict: true);
        Assert.Equal(json, JsonSerializer.Serialize(read, FactsJson.Default.RunStart));
    }

    [Fact]
    public void LeavesOutWhatIsNotKnown()
    {
        var bare = Full with { ParentSpanId = null, Agent = null, Mapping = null, Ci = new CiContext { Platform = "shell" }, Settings = new Dictionary<string, string>(StringComparer.Ordinal) };
        var json = JsonSerializer.Serialize(bare, FactsJson.Default.RunStart);
        Assert.Contains("\"ci\":{\"platform\":\"shell\"}", json, StringComparison.Ordinal);
        Assert.DoesNotContain("null", json, StringComparison.Ordinal);
        Assert.Equivalent(bare, JsonSerializer.Deserialize(json, FactsJson.Default.RunStart), strict: true);
    }

    [Fact]
    public void ReadsEventsOfEveryKindBack()
    {
        foreach (var kind in Enum.GetValues<RunnerEventKind>())
        {
            var told = new RunnerEvent { At = At, Kind = kind, Text = "It happened.", Values = new Dictionary<string, string>(StringComparer.Ordinal) { ["pid"] = "1" } };
            var json = JsonSerializer.Serialize(told, FactsJson.Default.RunnerEvent);
            Assert.Equal($$"""{"kind":"{{kind}}","text":"It happened.","values":{"pid":"1"},"at":"2026-01-24T10:00:00.123Z"}""", json);
            Assert.Equivalent(told, JsonSerializer.Deserialize(json, FactsJson.Default.RunnerEvent), strict: true);
        }
    }

    [Fact]
    public void ReadsSamplesBack()
    {
        var sample = Sample();
        var json = JsonSerializer.Serialize(sample, FactsJson.Default.ResourceSample);
        Assert.Equal(
            """{"memoryBytes":1,"memoryPercent":2.5,"measure":"pss","runnerBytes":3,"heapAlloc":4,"heapSys":5,"numGc":6,"goroutines":7,"processes":8,"threads":9,"handles":10,"cpuPercent":11.25,"cpuSeconds":12.125,"level":"normal","oomKills":13,"at":"2026-01-24T10:00:00.123Z"}""",
            json);
        Assert.Equal(sample, JsonSerializer.Deserialize(json, FactsJson.Default.ResourceSample));
        var without = sample with { OomKills = null };
        Assert.Equal(without, JsonSerializer.Deserialize(JsonSerializer.Serialize(without, FactsJson.Default.ResourceSample), FactsJson.Default.ResourceSample));
    }

    [Theory]
    [InlineData("""{"kind":"Started","text":"x"}""")]
    [InlineData("""{"kind":"Began","text":"x","at":"2026-01-24T10:00:00Z"}""")]
    [InlineData("""{"kind":"Started","text":7,"at":"2026-01-24T10:00:00Z"}""")]
    [InlineData("""{"kind":"Started","text":"x","values":[],"at":"2026-01-24T10:00:00Z"}""")]
    [InlineData("""{"kind":"Started","text":"x","values":{"a":1},"at":"2026-01-24T10:00:00Z"}""")]
    [InlineData("""{"kind":"Started","text":"x","at":"today"}""")]
    [InlineData("[]")]
    [InlineData("7")]
    public void RefusesWhatIsNoEvent(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, FactsJson.Default.RunnerEvent));

    [Fact]
    public void RefusesABeginningWithAnyMemberCutOffOrOfAnotherKind()
    {
        var json = JsonSerializer.Serialize(Full, FactsJson.Default.RunStart);
        var random = new Random(5);
        for (var round = 0; round < 2000; round++)
        {
            var characters = json.ToCharArray();
            characters[random.Next(characters.Length)] = (char)random.Next(32, 127);
            try
            {
                _ = JsonSerializer.Deserialize(characters, FactsJson.Default.RunStart);
            }
            catch (JsonException)
            {
                // The only way to say no.
            }
        }

        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json.Replace("\"folder\":\"/repo/app\",", string.Empty, StringComparison.Ordinal), FactsJson.Default.RunStart));
    }

    private static ResourceSample Sample() => new()
    {
        At = At,
        MemoryBytes = 1,
        MemoryPercent = 2.5,
        Measure = "pss",
        RunnerBytes = 3,
        HeapAlloc = 4,
        HeapSys = 5,
        NumGc = 6,
        Goroutines = 7,
        Processes = 8,
        Threads = 9,
        Handles = 10,
        CpuPercent = 11.25,
        CpuSeconds = 12.125,
        Level = "normal",
        OomKills = 13,
    };
}
