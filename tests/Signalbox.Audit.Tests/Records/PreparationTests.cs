using Signalbox.Sdk.Redaction;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Redaction;
using Xunit;

namespace Signalbox.Audit.Tests.Records;

/// <summary>What a record costs whoever records; the figure is told, and is no condition: machines differ.</summary>
public sealed class PreparationTests(ITestOutputHelper output)
{
    [Fact]
    public void AnOrdinaryRecordIsMadeWithoutATree()
    {
        var writer = new RecordWriter(TimeProvider.System, new ServerRedactor(Redactor.Default));
        var auditEvent = new AuditEvent(
            "default", new AuditActor("user", "0199f0a0-0000-7000-8000-000000000001", "ann@example.com"), new AuditAction("task.trigger", AuditClass.Standard, AuditActivity.Other, ""), new AuditResource(new AuditResourceType("task", ""), "0199f0a0-0000-7000-8000-000000000002", "nightly backup"));
        var scope = new AuditScope { Source = "console", RequestId = "0HN8P5Q7F2K1M:00000001", TraceId = "0af7651916cd43dd8448eb211c80319c", Address = "203.0.113.7", Peer = "10.0.0.1", AddressChain = "203.0.113.7", UserAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" };
        var size = 0;
        foreach (var rounds in (int[])[20_000, 100_000])
        {
            var start = TimeProvider.System.GetTimestamp();
            for (var round = 0; round < rounds; round++)
            {
                size = writer.Prepare(auditEvent, scope).Body.Length;
            }

            output.WriteLine($"{TimeProvider.System.GetElapsedTime(start).TotalMicroseconds / rounds:0.00} µs a record of {size} bytes");
        }

        Assert.InRange(size, 500, 900);
    }
}
