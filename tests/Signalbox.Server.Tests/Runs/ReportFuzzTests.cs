using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Signalbox.Sdk.Redaction;
using Signalbox.Server.Platform.Redaction;
using Signalbox.Server.Runs.Reports;
using Signalbox.Testing.Runs;
using Xunit;

namespace Signalbox.Server.Tests.Runs;

public sealed class ReportFuzzTests
{
    [Fact]
    public void ReadsOrRefusesWhateverComes()
    {
        var reader = new ReportReader(new ServerRedactor(new Redactor(new RedactionOptions())), TimeProvider.System);
        var whole = Encoding.UTF8.GetBytes(RunReports.Small(1, TimeProvider.System.GetUtcNow()).WithFile("log.jsonl", [1, 2, 3]).ToJsonString());
        var random = new Random(20260722);
        var taken = 0;
        for (var round = 0; round < 2000; round++)
        {
            var bytes = (byte[])whole.Clone();
            for (var change = random.Next(0, 4); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                taken += reader.Read(bytes.AsMemory(0, random.Next(8) == 0 ? random.Next(bytes.Length) : bytes.Length)) is Server.Platform.Http.Outcome<ReadReport>.Done ? 1 : 0;
            }
            catch (BadHttpRequestException)
            {
                // What is no report is refused so.
            }
        }

        Assert.InRange(taken, 100, 1900);
    }

    [Fact]
    public void TheSameReportHasTheSameDigestHoweverItIsWritten()
    {
        var reader = new ReportReader(new ServerRedactor(new Redactor(new RedactionOptions())), TimeProvider.System);
        var report = RunReports.Small(1, TimeProvider.System.GetUtcNow());
        var turned = new JsonObject(report.DeepClone().AsObject().Reverse().Select(static member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

        Assert.Equal(DigestOf(report), DigestOf(turned));

        byte[] DigestOf(JsonObject written) => Assert.IsType<Server.Platform.Http.Outcome<ReadReport>.Done>(reader.Read(Encoding.UTF8.GetBytes(written.ToString()))).Value.Digest;
    }
}
