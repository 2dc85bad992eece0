using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Audit.Tests.Api;
using Signalbox.Server.Audit.Sequencing;
using Signalbox.Server.Audit.Storage;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Events;

public sealed class FullQueueTests
{
    private const string Path = "/api/v1/audit/events";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AReportForWhichThereIsNoRoomIsToBeSentAgainAndWhatWasTakenIsAnswered()
    {
        await using var server = await TestServer.StartAsync(
            Cancellation, new TestServerSetup { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["audit.queue.events"] = "1000" } });
        using var client = server.Client(server.AdminToken);
        var queue = server.Services.GetRequiredService<AuditQueue>();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var holding = server.Services.GetRequiredService<AuditDatabase>().WriteAsync(
            async _ =>
            {
                entered.SetResult();
                await open.Task;
            },
            Cancellation);
        await entered.Task;
        var taken = client.JsonAsync(HttpMethod.Post, Path, ReportBodies.Runs(600, "taken"));
        await Eventually.HoldsAsync("the first report waits", () => Task.FromResult(queue.Events >= 600), Cancellation);

        var again = ReportBodies.Runs(600, "again");
        using (var content = new StringContent(again, Encoding.UTF8, "application/json"))
        {
            using var refused = await client.PostAsync(Path, content, Cancellation);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
            Assert.Equal("audit_busy", (string?)(await refused.ReadAsync(HttpStatusCode.ServiceUnavailable))["code"]);
        }

        open.SetResult();
        await holding;
        Assert.Equal(600, (int)(await taken)["accepted"]!);
        await Eventually.HoldsAsync("the queue was empty", () => Task.FromResult(queue.Events == 0), Cancellation);

        // Of a refused report nothing was taken.
        var second = await client.JsonAsync(HttpMethod.Post, Path, again);
        Assert.Equal((600, 0), ((int)second["accepted"]!, (int)second["duplicates"]!));
        Assert.Contains("signalbox_audit_refused_total", await client.GetStringAsync("/metrics", Cancellation), StringComparison.Ordinal);
    }
}
