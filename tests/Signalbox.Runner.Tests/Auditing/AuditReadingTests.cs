using System.Text.Json.Nodes;
using Signalbox.Runner.Auditing;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;
using Signalbox.Runner.WorkTree;
using Xunit;

namespace Signalbox.Runner.Tests.Auditing;

public sealed class AuditReadingTests
{
    private const string EditPrices = """{"file_path":"/code/repo/src/prices.cs","old_string":"a\nb\n","new_string":"a\nc\nd\n"}""";

    [Fact]
    public void SaysWhichActorModifiedWhichResource()
    {
        var scene = new RunScene().Call("t1", "Edit", EditPrices).Return("t1");
        var reading = scene.Read();
        var line = JsonNode.Parse(AuditLine.Text(Assert.Single(reading.Records)))!;
        Assert.Equal("Audit: Actor octocat modified Resource src/prices.cs", (string?)line["msg"]);
        Assert.True((bool?)line["audit"]);
        Assert.Equal("tool_use/edit_file", (string?)line["action"]);
        Assert.Equal("file", (string?)line["resource_type"]);
        Assert.Equal("none", (string?)line["policy_id"]);
        Assert.Equal("succeeded", (string?)line["outcome"]);
        Assert.Equal((2L, 1L), ((long?)line["lines_added"], (long?)line["lines_removed"]));
        Assert.Equal("claude-code", (string?)line["agent"]);
        Assert.Equal(scene.Start.TraceId, (string?)line["trace_id"]);
        Assert.Equal("2026-01-24T10:00:02.000Z", (string?)line["ts"]);
        Assert.Matches(@"^src/Signalbox\.Runner/Auditing/AuditLine\.cs:\d+$", (string?)line["caller"]);
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", (string?)line["id"]);
    }

    [Fact]
    public void TellsOfASuccessAtOnceAndOfAFailureWhenTheResultHasNotDeniedIt()
    {
        var scene = new RunScene().Call("t1", "Edit", EditPrices).Return("t1").Call("t2", "Edit", EditPrices).Return("t2", error: true, text: "String to replace not found in file.");
        scene.Read(complete: false);
        Assert.Equal("succeeded", Assert.Single(scene.Told).Outcome);
        scene.Result();
        var reading = scene.Read();
        Assert.Equal(["succeeded", "failed"], scene.Told.Select(static record => record.Outcome));
        Assert.Equal("String to replace not found in file.", Assert.Single(scene.Told[1].Reasons));
        Assert.Equal((2, 0, 1, 0), (reading.Totals.Records, reading.Totals.Denied, reading.Totals.Failed, reading.Totals.Unattributed));
    }

    [Fact]
    public void ACallWithoutAnswerFailsWhenTheRunIsOver()
    {
        var scene = new RunScene().Call("t1", "Write", """{"file_path":"a.txt","content":"x"}""");
        scene.Read(complete: false);
        Assert.Empty(scene.Told);
        scene.Read();
        Assert.Equal(("failed", "no result"), (scene.Told[0].Outcome, Assert.Single(scene.Told[0].Reasons)));
    }

    [Theory]
    [InlineData("modified", "one\ntwo\n", true)]
    [InlineData("modified", "one \r\ntwo", true)]
    [InlineData("modified", "one\nTWO\n", false)]
    [InlineData("modified", "one\ntwo\nrm -rf /\n", false)]
    [InlineData("deleted", null, false)]
    public void AnEditHidesNoOtherWriteOfTheSameFile(string kind, string? now, bool attributed)
    {
        var scene = new RunScene()
            .Call("t1", "Write", """{"file_path":"a.txt","content":"ONE\nzero\n"}""").Return("t1")
            .Call("t2", "Edit", """{"file_path":"a.txt","old_string":"zero","new_string":"two"}""").Return("t2")
            .Call("t3", "MultiEdit", """{"file_path":"a.txt","edits":[{"old_string":"ONE","new_string":"one"}]}""").Return("t3")
            .Call("t4", "Bash", """{"command":"sed -i s/two/TWO/ a.txt"}""").Return("t4")
            .Changed(new WorkTreeChange("a.txt", kind, 2, 0, 8, null) { TextHash = now is null ? null : TextDigest.Of(now) });
        var reading = scene.Read();

        Assert.Equal(attributed, Assert.Single(reading.Changes).Attributed);
        Assert.Equal(["t1", "t2", "t3"], reading.Changes[0].ToolUseIds);
        Assert.Equal(attributed ? 0 : 1, reading.Totals.Unattributed);
        if (!attributed)
        {
            var record = reading.Records.Last();
            Assert.Equal($"The file was {kind} and is not as the editing tools left it that wrote to it.", Assert.Single(record.Reasons));
            Assert.Equal(("a.txt", "t4"), (record.Resource, Assert.Single(record.Candidates)));
        }
    }

    [Theory]
    [InlineData(2, 1, true)]
    [InlineData(3, 2, true)]
    [InlineData(9, 2, false)]
    [InlineData(2, 9, false)]
    public void AFileHasNoMoreChangedLinesThanItsEditsChanged(long added, long removed, bool attributed)
    {
        var scene = new RunScene().Call("t1", "Edit", """{"file_path":"a","old_string":"x\ny","new_string":"1\n2\n3"}""").Return("t1").Changed(new WorkTreeChange("a", "modified", added, removed, 8, null));
        Assert.Equal(attributed, Assert.Single(scene.Read().Changes).Attributed);
    }

    [Fact]
    public void AnEditOfWhichTooLittleIsKnownIsBelieved()
    {
        var scene = new RunScene()
            .Call("t1", "Edit", """{"file_path":"a","old_string":"x","new_string":"y","replace_all":true}""").Return("t1")
            .Call("t2", "Edit", """{"file_path":"b","old_string":"x","new_string":"y"}""").Return("t2")
            .Call("t3", "NotebookEdit", """{"notebook_path":"c","new_source":"y"}""").Return("t3")
            .Call("t4", "Edit", """{"file_path":"d","change":"update"}""").Return("t4")
            .Call("t5", "Edit", """{"file_path":"e","change":"delete"}""").Return("t5")
            .Changed(
                new WorkTreeChange("a", "modified", 100, 100, 8, null) { TextHash = TextDigest.Of("a") }, new WorkTreeChange("b", "modified", null, null, 8, null), new WorkTreeChange("c", "modified", 9, 9, 8, null) { TextHash = TextDigest.Of("c") },
                new WorkTreeChange("d", "modified", 9, 9, 8, null) { TextHash = TextDigest.Of("d") },
                new WorkTreeChange("e", "deleted", 0, 9, 0, null));
        var reading = scene.Read();
        Assert.All(reading.Changes, static change => Assert.True(change.Attributed));
        Assert.All(reading.Records.Where(static record => record.Resource is "d" or "e"), static record => Assert.Null(record.LinesAdded));
    }

    [Theory]
    [InlineData("permission_denied")]
    [InlineData("result")]
    [InlineData("policy")]
    [InlineData("tool_result")]
    [InlineData("permission_denied,result,policy,tool_result")]
    public void EachSignalAloneAndAllTogetherDeny(string signals)
    {
        var scene = new RunScene(policy: true).Call("t1", "Edit", EditPrices);
        var all = signals.Split(',');
        scene.Decide("t1", allow: !all.Contains("policy"), policy: "no-prices", reason: "prices are frozen");
        if (all.Contains("permission_denied"))
        {
            scene.Denied("t1", "Edit", reason: "rule");
        }

        scene.Return("t1", error: true, text: all.Contains("tool_result") ? "Claude requested permissions to write to /code/repo/src/prices.cs, but you haven't granted it yet." : "it did not work");
        scene.Result(all.Contains("result") ? [new DeniedCall("t1", "Edit", null)] : []);

        var reading = scene.Read();
        var record = Assert.Single(reading.Records);
        Assert.Equal("denied", record.Outcome);
        Assert.Equal("no-prices", record.PolicyId);
        Assert.Equal("Audit: Actor octocat was denied to modify Resource src/prices.cs", AuditLine.Message(record));
        Assert.Equal(all, Assert.Single(reading.Tools.Denials).Signals);
        Assert.Equal(new ToolReport("Edit", 1, 0, 1, 2 + (all.Contains("permission_denied") ? 1 : 0)), Assert.Single(reading.Tools.Tools));
    }

    [Fact]
    public void ADenialOfACallThatTheStreamDoesNotTellOfIsARecordToo()
    {
        var scene = new RunScene().Result(new DeniedCall("toolu_9", "Write", RunScene.Json("""{"file_path":"/root/secret.txt","content":"hello\n"}""")));
        var record = Assert.Single(scene.Read().Records);
        Assert.Equal("Audit: Actor octocat was denied to modify Resource /root/secret.txt", AuditLine.Message(record));
    }

    [Fact]
    public void ADenialWithoutIdBelongsToTheOnlyCallOfThatToolAndInput()
    {
        var scene = new RunScene().Call("t1", "Edit", EditPrices).Return("t1").Call("t2", "Write", """{"file_path":"b","content":"1"}""").Return("t2", error: true, text: "no")
            .Result(new DeniedCall(null, "Write", RunScene.Json("""{ "content": "1", "file_path": "b" }""")));
        var reading = scene.Read();
        Assert.Equal(["succeeded", "denied"], reading.Records.Select(static record => record.Outcome));
        Assert.Equal("t2", Assert.Single(reading.Tools.Denials).ToolUseId);
    }

    [Fact]
    public void ADenialWithoutIdThatMayBeAnyOfSeveralStaysOnItsOwn()
    {
        var scene = new RunScene().Call("t1", "Edit", EditPrices).Return("t1", error: true, text: "x").Call("t2", "Edit", EditPrices).Return("t2", error: true, text: "x").Result(new DeniedCall(null, "Edit", RunScene.Json(EditPrices)));
        Assert.Equal(["failed", "failed", "denied"], scene.Read().Records.Select(static record => record.Outcome));
    }

    [Fact]
    public void WaitsForTheDecisionWhereThereIsAPolicy()
    {
        var scene = new RunScene(policy: true).Call("t1", "Edit", EditPrices).Return("t1");
        scene.Read(complete: false);
        Assert.Empty(scene.Told);
        scene.Decide("t1", allow: true, policy: "src-is-free");
        scene.Read(complete: false);
        Assert.Equal("src-is-free", Assert.Single(scene.Told).PolicyId);
    }

    [Fact]
    public void SaysWhenThePolicyWasNotAskedOrOnlyRecorded()
    {
        var unasked = new RunScene(policy: true).Call("t1", "Edit", EditPrices).Return("t1");
        Assert.Equal(("none", "The policy was not asked."), Told(unasked));
        var recorded = new RunScene(policy: true).Call("t1", "Edit", EditPrices).Decide("t1", allow: false, policy: "p", enforced: false).Return("t1");
        Assert.Equal(("p", "The policy denies this, and the decision was only recorded."), Told(recorded));
        Assert.Equal("succeeded", recorded.Told[0].Outcome);

        static (string, string) Told(RunScene scene)
        {
            scene.Read();
            return (scene.Told[0].PolicyId, Assert.Single(scene.Told[0].Reasons));
        }
    }

    [Fact]
    public void WarnsOfAToolThatDidWhatWasDenied()
    {
        var scene = new RunScene(policy: true).Call("t1", "Edit", EditPrices).Decide("t1", allow: false).Return("t1").Changed(new WorkTreeChange("src/prices.cs", "modified", 1, 1, 10, null));
        var reading = scene.Read();
        Assert.Equal(["denied", "succeeded"], reading.Records.Select(static record => record.Outcome));
        Assert.False(reading.Records.Last().Attributed);
        Assert.Equal("denied_but_done", Assert.Single(reading.Warnings).Code);
    }

    [Fact]
    public void ARefusedCommandIsARecordAlthoughItChangesNoFile()
    {
        var scene = new RunScene().Call("t1", "Bash", """{"command":"rm -rf /"}""").Return("t1", error: true, text: "Permission to use Bash with command rm -rf / has been denied.").Result();
        Assert.Equal("Audit: Actor octocat was denied to run Resource rm -rf /", AuditLine.Message(Assert.Single(scene.Read().Records)));
    }

    [Fact]
    public void AChangeWithoutEventIsUnattributedWithTheCommandsThatMayHaveMadeIt()
    {
        var scene = new RunScene()
            .Call("t1", "Edit", EditPrices).Return("t1")
            .Call("t2", "Bash", """{"command":"sed -i s/a/b/ config.yml"}""").Return("t2")
            .Call("t3", "Bash", """{"command":"ls"}""").Return("t3")
            .Changed(new WorkTreeChange("config.yml", "modified", 3, 4, 99, "diff"), new WorkTreeChange("src/prices.cs", "modified", 2, 1, 50, null));
        var reading = scene.Read();
        var record = reading.Records.Last();
        Assert.Equal(("config.yml", false, 3L, 4L, 99L, "Bash"), (record.Resource, record.Attributed, record.LinesAdded, record.LinesRemoved, record.Bytes, record.Tool));
        Assert.Equal(["t2"], record.Candidates);
        Assert.Equal((2, 0, 0, 1), (reading.Totals.Records, reading.Totals.Denied, reading.Totals.Failed, reading.Totals.Unattributed));
        Assert.Equal([false, true], reading.Changes.Select(static change => change.Attributed));
        Assert.Equal(["t1"], reading.Changes[1].ToolUseIds);
    }

    [Theory]
    [InlineData("one\nTwo\n", true)]
    [InlineData("one\nTwo\nand more\n", false)]
    public void AnEditThroughALinkIsTheFilesOwn(string now, bool attributed)
    {
        WorkTreeLink[] links = [new("CLAUDE.md", "AGENTS.md"), new("folder", "real/deep")];
        var scene = new RunScene()
            .Call("t1", "Write", """{"file_path":"CLAUDE.md","content":"one\ntwo\n"}""").Return("t1")
            .Call("t2", "Edit", """{"file_path":"AGENTS.md","old_string":"two","new_string":"Two"}""").Return("t2")
            .Call("t3", "Write", """{"file_path":"folder/new/a.txt","content":"a"}""").Return("t3")
            .Call("t4", "Write", """{"file_path":"folders/a.txt","content":"a"}""").Return("t4")
            .Changed(links, new WorkTreeChange("AGENTS.md", "modified", 2, 1, 8, null) { TextHash = TextDigest.Of(now) }, new WorkTreeChange("real/deep/new/a.txt", "added", 1, 0, 1, null));
        var reading = scene.Read();

        Assert.Equal([attributed, true], reading.Changes.Select(static change => change.Attributed));
        Assert.Equal(["t1", "t2"], reading.Changes[0].ToolUseIds);
        Assert.Equal(["CLAUDE.md", "AGENTS.md", "folder/new/a.txt", "folders/a.txt"], reading.Records.Where(static record => record.Attributed).Select(static record => record.Resource));
        Assert.StartsWith("folders/a.txt was edited", Assert.Single(reading.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEditWithinARepositoryWithinTheRepositoryIsItsChange()
    {
        var scene = new RunScene()
            .Call("t1", "Write", """{"file_path":"lib/deep/a.txt","content":"a"}""").Return("t1")
            .Call("t2", "Write", """{"file_path":"nested/b.txt","content":"b"}""").Return("t2")
            .Call("t3", "Write", """{"file_path":"library/c.txt","content":"c"}""").Return("t3")
            .Changed(new WorkTreeChange("lib", "modified", null, null, 0, null), new WorkTreeChange("nested/", "added", null, null, 0, null), new WorkTreeChange("other", "modified", null, null, 0, null));
        var reading = scene.Read();

        Assert.Equal([true, true, false], reading.Changes.Select(static change => change.Attributed));
        Assert.StartsWith("library/c.txt was edited", Assert.Single(reading.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WarnsOfAnEditAfterWhichTheFileIsAsBefore()
    {
        var scene = new RunScene().Call("t1", "Edit", EditPrices).Return("t1").Call("t2", "Write", """{"file_path":"/tmp/x","content":""}""").Return("t2").Changed();
        Assert.Equal(["edit_without_change"], scene.Read().Warnings.Select(static warning => warning.Code));
    }

    [Fact]
    public void NoTextLeavesWithASecret()
    {
        const string Secret = "ghp_1aB2cD3eF4gH5iJ6kL7mN8oP9qR0sT1uV2wX";
        var scene = new RunScene().Call("t1", "Write", $$"""{"file_path":"keys/{{Secret}}.txt","content":"{{Secret}}"}""").Return("t1", error: true, text: $"cannot write {Secret}").Result();
        var reading = scene.Read();
        Assert.DoesNotContain(Secret, AuditLine.Text(Assert.Single(reading.Records)), StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralDeedsOfOneCommandLineAreRecordsWithIdsOfTheirOwn()
    {
        var scene = new RunScene().Call("t1", "Bash", """{"command":"git push origin HEAD:main && gh pr merge 42"}""").Return("t1");
        var records = scene.Read().Records.ToList();
        Assert.Equal([("platform/push", "acme/shop@main"), ("platform/merge_pr", "acme/shop#42")], records.Select(static record => (record.Action, record.Resource)));
        Assert.Equal(2, records.Select(static record => record.Id).Distinct().Count());
        Assert.All(records, static record => Assert.Contains("The outcome is that of the whole command line.", record.Reasons));
    }
}
