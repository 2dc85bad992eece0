using Signalbox.Audit.Tests.Storage;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Audit.Verification;
using Xunit;

namespace Signalbox.Audit.Tests.Verification;

public sealed class PrunedMeanwhileTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(512, 200)]
    [InlineData(1024, 200)]
    [InlineData(512, 0)]
    public async Task ALogThatIsPrunedWhileItIsReadIsRight(int first, int grown)
    {
        await using var log = await CreateAsync();
        var (report, state) = await VerifyAsync(log, async () =>
        {
            await log.GrowAsync(grown, keepCheckpoint: true, Cancellation);
            await log.PruneAsync(first, Cancellation);
        });

        Assert.Empty(report.Faults);
        Assert.Equal((1001L + grown, (long)first, null), (report.Size, report.CompleteFrom, report.Since));
        Assert.Equal((true, (long)first), (report.KeysOnFirstUse, state!.PrunedUntil));
        Assert.True((await log.VerifyAsync(state, Cancellation)).Report.Ok);
    }

    [Fact]
    public async Task PayloadsThatGoWhileTheyAreReadNeedARecordOfIt()
    {
        await using var log = await CreateAsync();
        var (report, state) = await VerifyAsync(log, () => log.DeleteAsync(512, Cancellation));

        var fault = Assert.Single(report.Faults);
        Assert.Equal((0L, LogFaultKind.RowMissing), (fault.Sequence, fault.Kind));
        Assert.Null(state);
    }

    [Fact]
    public async Task ARowAboveWhatWasPrunedMeanwhileIsMissed()
    {
        await using var log = await CreateAsync();
        var (report, _) = await VerifyAsync(log, async () =>
        {
            await log.PruneAsync(512, Cancellation);
            await log.Opened.Audit.WriteAsync(
                static async session =>
                {
                    await session.ExecuteAsync("DROP TRIGGER audit_events_stay");
                    return await session.ExecuteAsync("DELETE FROM audit_events WHERE position = @at", new { at = EventPosition.Of(1, 600) });
                },
                Cancellation);
        });

        Assert.Equal((600L, LogFaultKind.RowMissing), (report.FirstBad!.Value, report.Faults[0].Kind));
    }

    private static async Task<SeededLog> CreateAsync() => await SeededLog.CreateAsync(AuditStoreUnderTest.For("sqlite"), 1000, Cancellation);

    private static async Task<(VerificationReport Report, VerificationState? State)> VerifyAsync(SeededLog log, Func<Task> change)
    {
        await using var source = new ChangingSource(log.Source(), change);
        return await new LogVerifier(source, [], isFull: true).RunAsync(null, progress: null, Cancellation);
    }
}
