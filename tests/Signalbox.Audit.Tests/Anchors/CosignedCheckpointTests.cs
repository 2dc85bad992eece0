using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Audit.Tests.Api;
using Signalbox.Server.Audit.Anchors;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Notes;
using Signalbox.Server.Audit.Retention;
using Signalbox.Server.Audit.Verification;
using Signalbox.Server.Platform.Client;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Anchors;

public sealed class CosignedCheckpointTests
{
    private const string Path = "/api/v1/audit/checkpoint";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheCheckpointCarriesWhatWitnessesSignedUnderIt()
    {
        await using var log = await TestServer.StartAsync(Cancellation);
        await using var first = await AnchorScene.StartWitnessAsync(log);
        await using var second = await AnchorScene.StartWitnessAsync(log);
        var targets = new[] { await AnchorScene.TargetAsync(first), await AnchorScene.TargetAsync(second) };
        using var client = log.Client(log.AdminToken);
        var head = await AnchorScene.RecordAsync(log);

        Assert.Equal(head.Checkpoint, await client.GetStringAsync(Path, Cancellation));
        Assert.Equal("audit_checkpoint_not_cosigned", (string?)(await client.GetJsonAsync(Path + "?cosigned=true", HttpStatusCode.NotFound))["code"]);
        foreach (var target in targets)
        {
            await AnchorScene.RoundsOf(log, target).RunOnceAsync(Cancellation);
        }

        var note = SignedNote.Parse(await client.GetStringAsync(Path, Cancellation));
        var logKey = (await log.Services.GetRequiredService<AuditKeys>().SignerAsync(Cancellation)).KeysOf(AnchorScene.Tenant)[0];
        Assert.Equal(3, note.Signatures.Count);
        Assert.Equal([logKey, targets[0].Key, targets[1].Key], note.Verify([logKey, targets[0].Key, targets[1].Key]).Select(static verified => verified.Key).OrderBy(key => key.Equals(logKey) ? 0 : key.Equals(targets[0].Key) ? 1 : 2));

        // A verifier that knows of no witness takes the note as before.
        await using var source = new ServerLogSource(new ApiClient(log.Address, log.AdminToken));
        Assert.True((await new LogVerifier(source, [logKey]).RunAsync(null, progress: null, Cancellation)).Report.Ok);
    }

    [Fact]
    public async Task TheNewestCosignedCheckpointIsToBeHadAfterTheLogHasGrown()
    {
        await using var log = await TestServer.StartAsync(Cancellation);
        await using var witness = await AnchorScene.StartWitnessAsync(log);
        var target = await AnchorScene.TargetAsync(witness);
        using var client = log.Client(log.AdminToken);
        await AnchorScene.RecordAsync(log);
        await AnchorScene.RoundsOf(log, target).RunOnceAsync(Cancellation);
        var cosigned = await client.GetStringAsync(Path, Cancellation);
        var grown = await AnchorScene.RecordAsync(log);

        Assert.Equal(grown.Checkpoint, await client.GetStringAsync(Path, Cancellation));
        Assert.Equal(cosigned, await client.GetStringAsync(Path + "?cosigned=true", Cancellation));
        Assert.NotNull(Assert.Single(SignedNote.Parse(cosigned).Verify([target.Key])).Time);
        await AnchorScene.RoundsOf(log, target).RunOnceAsync(Cancellation);
        Assert.Equal(grown.Size, Checkpoint.Parse(SignedNote.Parse(await client.GetStringAsync(Path + "?cosigned=true", Cancellation)).Text).Size);
    }

    [Fact]
    public async Task CosignaturesGoWithTheRetentionExceptTheNewest()
    {
        await using var log = await TestServer.StartAsync(Cancellation);
        await AnchorScene.RecordAsync(log);
        var control = log.Services.GetRequiredService<ControlDatabase>();
        var clock = new FakeClock();
        var cleaner = ActivatorUtilities.CreateInstance<CosignatureCleaner>(log.Services, new RetentionClock(clock, TimeSpan.FromHours(1)));
        for (var day = 0; day < 100; day++)
        {
            for (var minute = 0; minute < 25; minute++)
            {
                await AddAsync(control, (day * 100) + minute, clock.Start.AddDays(day));
            }
        }

        // 90 days and an hour after the forty-first day, of days counted from nought.
        clock.Advance(TimeSpan.FromDays(40 + 90) + TimeSpan.FromHours(1));
        await cleaner.RunOnceAsync(Cancellation);
        var left = await SizesAsync(control);
        Assert.Equal((59 * 25, 4100), (left.Count, left[0]));
        clock.Advance(TimeSpan.FromDays(1000));
        await cleaner.RunOnceAsync(Cancellation);
        Assert.Equal([9924], await SizesAsync(control));
    }

    private static Task AddAsync(ControlDatabase control, long size, DateTimeOffset time) =>
        control.WriteAsync(session => CosignatureRows.AddAsync(session, AnchorScene.Tenant, size, "w", "— w AAAA\n", time.ToUnixTimeMilliseconds()), Cancellation);

    private static Task<IReadOnlyList<long>> SizesAsync(ControlDatabase control) =>
        control.ReadAsync(static session => session.ListAsync<long>("SELECT size FROM audit_cosignatures ORDER BY size"), Cancellation);
}
