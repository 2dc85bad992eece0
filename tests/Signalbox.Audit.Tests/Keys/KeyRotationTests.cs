using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Notes;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Audit.Verification;
using Signalbox.Server.Identity;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Telemetry;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Keys;

public sealed class KeyRotationTests
{
    private const string Tenant = "default";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AVerifierWhoTrustsTheOldKeyFollowsToTheNewOne()
    {
        await using var server = await TestServer.StartAsync(Cancellation);
        var keys = server.Services.GetRequiredService<AuditKeys>();
        var old = Assert.Single((await keys.SignerAsync(Cancellation)).KeysOf(Tenant));
        var rotation = server.Services.GetRequiredService<KeyRotation>();

        await rotation.RunAsync(Tenant, AuditActor.System, Cancellation);
        await rotation.RunAsync(Tenant, AuditActor.System, Cancellation);

        var current = Assert.Single((await keys.SignerAsync(Cancellation)).KeysOf(Tenant));
        Assert.NotEqual(old, current);
        var rows = await keys.ListAsync(Cancellation);
        Assert.Equal([true, true, false], rows.Select(static row => row.IsRetired));
        Assert.All(rows.Take(2), static row => Assert.Empty(row.PrivateKey));
        var report = await VerifyAsync(server, old);
        Assert.Empty(report.Faults);
        Assert.Equal([current.ToString()], report.Keys);
    }

    [Fact]
    public void OnlyThoseWhoRunTheServerMayReplaceTheKeyOfAllLogs()
    {
        var rule = AccessTable.Find("POST", "/api/v1/audit/keys/rotate")!;
        var admin = new Principal(PrincipalKind.Token, "t1", "t1", new TenantId("other"), Role.Admin, Scopes: null);

        Assert.False(rule.Admits(admin));
        Assert.True(rule.Admits(admin with { OwnsServer = true }));
    }

    [Fact]
    public async Task AKeyThatTheLogDoesNotProveIsNotFollowed()
    {
        await using var server = await TestServer.StartAsync(Cancellation);
        var old = Assert.Single((await server.Services.GetRequiredService<AuditKeys>().SignerAsync(Cancellation)).KeysOf(Tenant));
        await server.Services.GetRequiredService<KeyRotation>().RunAsync(Tenant, AuditActor.System, Cancellation);
        await server.Services.GetRequiredService<ControlDatabase>().WriteAsync(static session => session.ExecuteAsync("DELETE FROM audit_key_changes"), Cancellation);

        // The checkpoint over the change still has both signatures; whatever comes after it has only the new one.
        var writer = server.Services.GetRequiredService<Signalbox.Server.Audit.Records.RecordWriter>();
        await server.Services.GetRequiredService<Signalbox.Server.Audit.Sequencing.AuditTrail>().AppendAsync(
            [writer.Prepare(new AuditEvent(Tenant, AuditActor.System, Signalbox.Server.Audit.Vocabulary.AuditVocabulary.EventsReport, new AuditResource(Signalbox.Server.Audit.Vocabulary.AuditVocabulary.Log, "x", "x")), null)],
            Cancellation);

        Assert.Contains((await VerifyAsync(server, old)).Faults, static fault => fault.Kind == LogFaultKind.KeyUnknown);
    }

    private static async Task<VerificationReport> VerifyAsync(TestServer server, VerifierKey trusted)
    {
        await using var source = new StoreLogSource(
            StoreConnections.ForFile(Path.Combine(server.DataFolder, AuditDatabase.FileName), TimeProvider.System),
            StoreConnections.ForFile(Path.Combine(server.DataFolder, ControlDatabase.FileName), TimeProvider.System),
            new KeyOptions(),
            Tenant);
        return (await new LogVerifier(source, [trusted]).RunAsync(null, progress: null, Cancellation)).Report;
    }
}
