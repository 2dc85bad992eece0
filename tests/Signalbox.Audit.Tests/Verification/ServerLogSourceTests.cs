using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Sequencing;
using Signalbox.Server.Audit.Verification;
using Signalbox.Server.Audit.Vocabulary;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Client;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Verification;

public sealed class ServerLogSourceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARunningServersLogIsVerifiedTileByTile()
    {
        await using var server = await TestServer.StartAsync(Cancellation);
        var keys = server.Services.GetRequiredService<AuditKeys>();
        var old = (await keys.SignerAsync(Cancellation)).KeysOf("default")[0];
        var writer = server.Services.GetRequiredService<RecordWriter>();
        var trail = server.Services.GetRequiredService<AuditTrail>();
        await server.Services.GetRequiredService<KeyRotation>().RunAsync("default", AuditActor.System, Cancellation);
        await trail.AppendAsync(
            [.. Enumerable.Range(0, 600).Select(_ => writer.Prepare(new AuditEvent("default", AuditActor.System, AuditVocabulary.EventsReport, new AuditResource(AuditVocabulary.Log, "x", "x")), null))],
            Cancellation);

        await using var source = new ServerLogSource(new ApiClient(server.Address, server.AdminToken));
        var (report, state) = await new LogVerifier(source, [old]).RunAsync(null, progress: null, Cancellation);

        Assert.Empty(report.Faults);
        Assert.InRange(report.Checked, 601, 700);
        Assert.Equal((await keys.SignerAsync(Cancellation)).KeysOf("default")[0].ToString(), Assert.Single(report.Keys));
        await using var again = new ServerLogSource(new ApiClient(server.Address, server.AdminToken));
        Assert.True((await new LogVerifier(again, []).RunAsync(state, progress: null, Cancellation)).Report.Ok);
    }
}
