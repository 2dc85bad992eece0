using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Signalbox.Scheduling;
using Signalbox.Server.Jobs.Definitions;
using Signalbox.Server.Jobs.Running;
using Signalbox.Settings;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Definitions;

public sealed class DefinitionReaderTests
{
    private const string Full = """
        {"name":"nightly report","description":"d","schedule":{"cron":"0 3 * * MON-FRI","timeZone":"Europe/Berlin","gap":"skip","overlap":"both"},
         "command":{"file":"/bin/echo","arguments":["a","b c"],"workingDirectory":"/tmp","environment":{"A":"1"},"outputLimit":"2MiB"},
         "timeout":"30m","grace":"PT5S","overlap":"queue","queueLimit":3,"concurrencyGroup":"db","misfire":"all","misfireGrace":"2m","jitter":"10s","priority":-5,
         "retry":{"attempts":4,"delay":"5s","backoff":"linear","maxDelay":"1m","on":["failed"]},"enabled":false}
        """;

    [Fact]
    public void ReadsEveryMember()
    {
        var job = Read(Full);

        var cron = Assert.IsType<CronSchedule>(job.Schedule);
        Assert.Equal(("Europe/Berlin", DstGap.Skip, DstOverlap.Both), (cron.Zone.Id, cron.Gap, cron.Overlap));
        var command = Assert.IsType<CommandWork>(job.Work);
        Assert.Equal(["a", "b c"], command.Arguments);
        Assert.Equal((2L * 1024 * 1024, "1"), (command.OutputLimit, command.Environment["A"]));
        Assert.Equal((TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(5)), (job.Timeout, job.Grace));
        Assert.Equal(OverlapPolicy.Queue(3), job.Overlap);
        Assert.Equal((MisfirePolicy.All, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(10), -5), (job.Misfire, job.MisfireGrace, job.Jitter, job.Priority));
        Assert.Equal((4, Backoff.Linear, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)), (job.Retry.MaxAttempts, job.Retry.Backoff, job.Retry.Delay, job.Retry.MaxDelay));
        Assert.Equal([ExecutionState.Failed], job.Retry.On);
        Assert.Equal(("db", (bool?)false), (job.ConcurrencyGroup, job.Enabled));
    }

    [Fact]
    public void FillsInTheDefaults()
    {
        var job = Read("""{"name":"x","http":{"url":"https://example.com/hook"}}""");

        var http = Assert.IsType<HttpWork>(job.Work);
        Assert.Equal(("POST", true), (http.Method, http.Sign));
        Assert.Equal(["2xx"], http.ExpectStatus);
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromSeconds(30), OverlapPolicy.Forbid, MisfirePolicy.Once), (job.Timeout, job.Grace, job.Overlap, job.Misfire));
        Assert.Equal((RetryPolicy.None, (bool?)null, 0), (job.Retry, job.Enabled, job.Priority));
        Assert.Null(job.Schedule);
    }

    [Theory]
    [InlineData(Full)]
    [InlineData("""{"name":"x","http":{"url":"https://example.com/a?b=c","headers":{"X-A":"v"},"body":"{}","expectStatus":["204"],"sign":false},"schedule":{"interval":"90s","start":"2026-01-01T00:00:00Z"}}""")]
    [InlineData("""{"name":"x","handler":{"name":"clean","arguments":{"days":[1,2]}},"schedule":{"at":"2026-01-01T00:00:00+01:00"}}""")]
    [InlineData("""{"name":"x","handler":{"name":"clean"},"schedule":{"rrule":"FREQ=DAILY","start":"2026-01-01T08:00:00","timeZone":"Asia/Shanghai"}}""")]
    [InlineData("""{"name":"x","handler":{"name":"clean"},"schedule":{"after":{"task":"other","on":["failed","succeeded"]}}}""")]
    public void WhatIsWrittenReadsAsTheSame(string json)
    {
        var first = DefinitionWriter.ToJson(Read(json));

        Assert.Equal(first, DefinitionWriter.ToJson(JobDefinition.Parse(first)));
    }

    [Fact]
    public void TellsEverythingThatIsWrongAtOnceAndWhere()
    {
        var errors = Errors("""
            {"name":"a\tb","schedule":{"cron":"0 3 31 2 *","timeZone":"Mars/Olympus","colour":1},"command":{"arguments":["x",1]},"timeout":"soon","overlap":"maybe","queueLimit":2,
             "priority":101,"retry":{"attempts":0,"on":["succeeded"]},"size":"big"}
            """);

        Assert.Equal(
            ["command.arguments[1]", "command.file", "name", "overlap", "priority", "queueLimit", "retry.attempts", "retry.on", "schedule.colour", "schedule.cron", "schedule.timeZone", "size", "timeout"],
            errors.Select(static error => error.Member).Order(StringComparer.Ordinal));
        Assert.Contains("character", errors.Single(static error => error.Member == "schedule.cron").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"x"}""", "command")]
    [InlineData("""{"name":"x","command":{"file":"a"},"http":{"url":"http://a"}}""", "http")]
    [InlineData("""{"name":"x","command":"ls"}""", "command")]
    [InlineData("""{"name":"x","command":{"file":"a"},"schedule":{}}""", "schedule.cron")]
    [InlineData("""{"name":"x","command":{"file":"a"},"schedule":{"cron":"* * * * *","interval":"5m"}}""", "schedule.interval")]
    [InlineData("""{"name":"x","command":{"file":"a"},"schedule":{"interval":"5m","timeZone":"UTC"}}""", "schedule.timeZone")]
    [InlineData("""{"name":"x","command":{"file":"a"},"schedule":{"at":"2026-01-01T00:00:00"}}""", "schedule.at")]
    [InlineData("""{"name":"x","command":{"file":"a"},"schedule":{"rrule":"FREQ=DAILY"}}""", "schedule.start")]
    [InlineData("""{"name":"x","command":{"file":"a\u0000b"}}""", "command.file")]
    [InlineData("""{"name":"x","command":{"file":"a","environment":{"A=B":"1"}}}""", "command.environment")]
    [InlineData("""{"name":"x","command":{"file":"a","workingDirectory":"here"}}""", "command.workingDirectory")]
    [InlineData("""{"name":"x","http":{"url":"ftp://a"}}""", "http.url")]
    [InlineData("""{"name":"x","http":{"url":"https://user:secret@a/"}}""", "http.url")]
    [InlineData("""{"name":"x","http":{"url":"http://a","headers":{"A":"b\nc"}}}""", "http.headers.A")]
    [InlineData("""{"name":"x","http":{"url":"http://a","headers":{"Host":"b"}}}""", "http.headers.Host")]
    [InlineData("""{"name":"x","http":{"url":"http://a","expectStatus":["6xx"]}}""", "http.expectStatus")]
    [InlineData("""{"name":"x","name":"y","command":{"file":"a"}}""", "")]
    [InlineData("""{"name":"x","description":"\ud800","command":{"file":"a"}}""", "")]
    [InlineData("""["name"]""", "")]
    [InlineData("{", "")]
    public void RefusesWhatDoesNotHold(string json, string member) => Assert.Contains(Errors(json), error => error.Member == member);

    [Fact]
    public void NamesTheLimitThatIsPassed()
    {
        var limits = TaskLimits.None with { Arguments = 1, LongestTimeout = TimeSpan.FromHours(2), QueueLimit = 5, Environment = 0 };

        var errors = Errors("""{"name":"x","command":{"file":"a","arguments":["1","2"],"environment":{"A":"b"}},"timeout":"3h","overlap":"queue","queueLimit":6}""", limits);

        Assert.Equal([TaskLimits.ArgumentsKey, TaskLimits.EnvironmentKey, TaskLimits.TimeoutKey, TaskLimits.QueueKey], errors.Select(static error => error.Limit));
        Assert.Equal(TaskLimits.BytesKey, Assert.Single(Errors("""{"name":"x"}""", limits with { Bytes = 5 })).Limit);
    }

    [Fact]
    public void TakesNumbersForTextsFromYamlOnly()
    {
        const string Json = """{"name":"x","command":{"file":"a","arguments":[1,true],"environment":{"PORT":8080}}}""";
        var errors = new DefinitionErrors();

        Assert.Equal(["1", "true"], Assert.IsType<CommandWork>(DefinitionReader.Read(new DefinitionText(Json, true), TaskLimits.None, errors)!.Work).Arguments);
        Assert.Equal(3, Errors(Json).Count);
    }

    [Fact]
    public void HidesTheValuesOfHeadersAndVariables()
    {
        var command = DefinitionWriter.ToRequest(Read("""{"name":"x","command":{"file":"a","environment":{"PASSWORD":"hunter2"}}}"""), secrets: false);
        var http = DefinitionWriter.ToRequest(Read("""{"name":"x","http":{"url":"http://a","headers":{"Authorization":"hunter2"}}}"""), secrets: false);

        Assert.Equal(DefinitionWriter.Hidden, command.Command!.Environment!["PASSWORD"]);
        Assert.Equal(DefinitionWriter.Hidden, http.Http!.Headers!["Authorization"]);
    }

    /// <summary>Bytes of good definitions, turned and cut at random: every one is read or refused, and none throws.</summary>
    [Fact]
    public void NeverThrowsWhateverComes()
    {
        var random = new Random(20260304);
        var limits = TaskLimits.Read(new SettingsReader(new SettingsSources(new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal), null)));
        var seed = Encoding.UTF8.GetBytes(Full);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = seed.ToArray();
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var errors = new DefinitionErrors();
            var text = Encoding.UTF8.GetString(bytes.AsSpan(0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length));
            var job = DefinitionReader.Read(new DefinitionText(text, random.Next(2) == 0), limits, errors);
            Assert.True(job is null == errors.Any, text);
        }
    }

    /// <summary>Every member replaced by values of every kind.</summary>
    [Fact]
    public void EachMemberRefusesOrTakesEveryKindOfValue()
    {
        string[] values = ["null", "true", "-1", "1e400", "1.5", "\"\"", "\"\\u0000\"", "[]", "[null]", "{}", "{\"a\":null}", $"\"{new string('x', 200_000)}\""];
        foreach (var member in JsonNode.Parse(Full)!.AsObject().Select(static pair => pair.Key).Append("http").Append("handler").Append("schedule.at").Append("schedule.rrule").Append("schedule.after").Append("retry.on"))
        {
            foreach (var value in values)
            {
                var parts = member.Split('.');
                var root = JsonNode.Parse(Full)!.AsObject();
                var target = parts.Length == 1 ? root : root[parts[0]]!.AsObject();
                target[parts[^1]] = JsonNode.Parse(value);
                var errors = new DefinitionErrors();
                var job = DefinitionReader.Read(new DefinitionText(root.ToJsonString(new JsonSerializerOptions(JsonSerializerDefaults.General)), true), TaskLimits.None, errors);
                Assert.True(job is null == errors.Any, $"{member} = {value[..Math.Min(20, value.Length)]}");
            }
        }
    }

    private static JobDefinition Read(string json)
    {
        var errors = new DefinitionErrors();
        var job = DefinitionReader.Read(new DefinitionText(json, false), TaskLimits.None, errors);
        Assert.Empty(errors.Items);
        return job!;
    }

    private static IReadOnlyList<DefinitionError> Errors(string json, TaskLimits? limits = null)
    {
        var errors = new DefinitionErrors();
        Assert.Null(DefinitionReader.Read(new DefinitionText(json, false), limits ?? TaskLimits.None, errors));
        return errors.Items;
    }
}
