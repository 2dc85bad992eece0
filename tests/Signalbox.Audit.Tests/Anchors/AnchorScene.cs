using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Server.Audit.Anchors;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Sequencing;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Audit.Vocabulary;
using Signalbox.Server.Platform.Audit;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Anchors;

/// <summary>A server whose checkpoints go to a place, a round at a time.</summary>
internal static class AnchorScene
{
    public const string Tenant = "default";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A server that witnesses the log of another.</summary>
    public static async Task<TestServer> StartWitnessAsync(TestServer log, Action<WebApplicationBuilder>? adjust = null)
    {
        var signer = await log.Services.GetRequiredService<AuditKeys>().SignerAsync(Cancellation);
        return await TestServer.StartAsync(Cancellation, new TestServerSetup { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["audit.witness.logs"] = signer.KeysOf(Tenant)[0].ToString() }, Adjust = adjust ?? (static _ => { }) });
    }

    public static async Task<AnchorTarget.WitnessTarget> TargetAsync(TestServer witness) =>
        new(new Uri(witness.Address, "api/v1/audit/witness"), await witness.Services.GetRequiredService<Witness>().KeyAsync(Cancellation));

    public static AnchorRounds RoundsOf(TestServer log, AnchorTarget target, TimeProvider? clock = null) => new(
        log.Services.GetRequiredService<AuditDatabase>(),
        log.Services.GetRequiredService<AnchorSender>(),
        new AnchorOptions { Targets = [target] },
        log.Services.GetRequiredService<AnchorStatus>(),
        clock ?? TimeProvider.System,
        NullLogger<AnchorRounds>.Instance);

    /// <summary>Records something, and waits until it is in the log.</summary>
    /// <returns>The log as it is then.</returns>
    public static async Task<LogRow> RecordAsync(TestServer log)
    {
        var trail = log.Services.GetRequiredService<AuditTrail>();
        var writer = log.Services.GetRequiredService<RecordWriter>();
        var appended = await trail.AppendAsync([writer.Prepare(new AuditEvent(Tenant, AuditActor.System, AuditVocabulary.EventsReport, new AuditResource(AuditVocabulary.Log, "x", "x")), null)], Cancellation);
        var row = (await log.Services.GetRequiredService<AuditDatabase>().ReadAsync(session => LogRows.FindAsync(session, Tenant), Cancellation))!;
        Assert.True(row.Size > appended.Records[0].Sequence);
        return row;
    }
}
