using System.Text.Json.Nodes;
using Signalbox.Sdk.Redaction;
using Signalbox.Server.Audit.Ocsf;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Redaction;
using Xunit;

namespace Signalbox.Audit.Tests.Ocsf;

public sealed class OcsfEventTests
{
    private static readonly AuditActor Ann = new("user", "u1", "Ann");

    [Theory]
    [InlineData("session.create", nameof(AuditActivity.Create), 3002, 1, "user")]
    [InlineData("session.delete", nameof(AuditActivity.Delete), 3002, 2, "user")]
    [InlineData("token.create", nameof(AuditActivity.Create), 3004, 1, "entity")]
    [InlineData("task.update", nameof(AuditActivity.Update), 3004, 3, "entity")]
    [InlineData("user.delete", nameof(AuditActivity.Delete), 3004, 4, "entity")]
    [InlineData("metrics.query", nameof(AuditActivity.Read), 6003, 2, "api")]
    [InlineData("task.trigger", nameof(AuditActivity.Other), 6003, 99, "api")]
    public void HasWhatItsClassRequires(string action, string activityName, int classUid, int activityId, string subject)
    {
        var activity = Enum.Parse<AuditActivity>(activityName);
        var node = OcsfEvent.Of(Record(action, activity, AuditOutcome.Succeeded), activity, sequence: 41);

        Assert.Equal((classUid, activityId, classUid / 1000), ((int)node["class_uid"]!, (int)node["activity_id"]!, (int)node["category_uid"]!));
        Assert.Equal((classUid * 100) + activityId, (long)node["type_uid"]!);
        Assert.All(
            new[] { "time", "severity_id", "status_id", "message", "actor", "src_endpoint", subject },
            member => Assert.NotNull(node[member]));
        Assert.Equal(("1.3.0", "Signalbox", 41), ((string?)node["metadata"]!["version"], (string?)node["metadata"]!["product"]!["vendor_name"], (long)node["metadata"]!["sequence"]!));
        Assert.Equal(("u1", "Ann", 1), ((string?)node["actor"]!["user"]!["uid"], (string?)node["actor"]!["user"]!["name"], (int)node["actor"]!["user"]!["type_id"]!));
        Assert.Equal("203.0.113.7", (string?)node["src_endpoint"]!["ip"]);
        Assert.Equal("agent/1", (string?)node["unmapped"]!["userAgent"]);
    }

    [Theory]
    [InlineData(nameof(AuditOutcome.Succeeded), 1, 1)]
    [InlineData(nameof(AuditOutcome.Failed), 2, 2)]
    [InlineData(nameof(AuditOutcome.Denied), 2, 3)]
    public void TellsHowItEnded(string outcome, int status, int severity)
    {
        var node = OcsfEvent.Of(Record("task.update", AuditActivity.Update, Enum.Parse<AuditOutcome>(outcome)), AuditActivity.Update, 0);

        Assert.Equal((status, severity), ((int)node["status_id"]!, (int)node["severity_id"]!));
    }

    [Fact]
    public void HasTheObjectBeforeAndAfter()
    {
        var node = OcsfEvent.Of(Record("task.update", AuditActivity.Update, AuditOutcome.Succeeded), AuditActivity.Update, 0);

        Assert.Equal("""{"on":false}""", node["entity"]!["data"]!.ToJsonString());
        Assert.Equal("""{"on":true}""", node["entity_result"]!["data"]!.ToJsonString());
    }

    private static AuditRecord Record(string action, AuditActivity activity, AuditOutcome outcome)
    {
        var made = new AuditEvent("default", Ann, new AuditAction(action, AuditClass.Standard, activity, ""), new AuditResource(new AuditResourceType("task", ""), "t1", "Nightly"))
            .Changed(new JsonObject { ["on"] = false }, new JsonObject { ["on"] = true }) with { Outcome = outcome };
        return RecordReader.Read(new RecordWriter(TimeProvider.System, new ServerRedactor(Redactor.Default)).Prepare(made, new AuditScope { Source = "api", Address = "203.0.113.7", Peer = "10.0.0.1", UserAgent = "agent/1", RequestId = "r1" }).Body);
    }
}
