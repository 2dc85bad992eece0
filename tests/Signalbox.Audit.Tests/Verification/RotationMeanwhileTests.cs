using System.Globalization;
using System.Text;
using Signalbox.Audit.Tests.Storage;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Audit.Verification;
using Xunit;

namespace Signalbox.Audit.Tests.Verification;

/// <summary>Verifications between the record of a change of keys and the end of that change.</summary>
public sealed class RotationMeanwhileTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(600, true)]
    [InlineData(600, false)]
    public async Task AVerifierWhoLookedBeforeTheEndFollowsToTheNewKey(int between, bool isEarly)
    {
        await using var log = await CreateAsync();
        var (_, state) = await log.VerifyAsync(null, Cancellation);
        var (report, after) = await RotateAsync(log, state!, between, isEarly, reporter: null);

        Assert.Empty(report.Faults);
        Assert.Equal((state!.Keys.Count, 1), (1, report.Keys.Count));
        Assert.NotEqual(state.Keys[0], report.Keys[0]);
        Assert.NotNull(report.Since);
        Assert.True((await log.VerifyAsync(after, Cancellation)).Report.Ok);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(600, true)]
    [InlineData(600, false)]
    public async Task ARecordThatSomebodyReportedProvesNoKey(int between, bool isEarly)
    {
        await using var log = await CreateAsync();
        var (_, state) = await log.VerifyAsync(null, Cancellation);
        var (report, _) = await RotateAsync(log, state!, between, isEarly, """{"id":"u1","kind":"user","name":"U"}""");

        Assert.Equal(LogFaultKind.KeyUnknown, Assert.Single(report.Faults).Kind);
    }

    private static async Task<SeededLog> CreateAsync() => await SeededLog.CreateAsync(AuditStoreUnderTest.For("sqlite"), 300, Cancellation);

    /// <summary>Changes the key as the server does, and verifies before its proof is kept and after the end.</summary>
    /// <param name="between">Events between the record and that first verification.</param>
    /// <param name="isEarly">Whether the proof is the checkpoint right over the record, instead of one that came after the verification.</param>
    private static async Task<(VerificationReport Report, VerificationState? State)> RotateAsync(SeededLog log, VerificationState state, int between, bool isEarly, string? reporter)
    {
        var control = log.Opened.Control;
        var next = log.Keys.NewRow(KeyRows.LogPurpose, (await log.Keys.ListAsync(Cancellation))[^1].Number + 1);
        await control.WriteAsync(session => KeyRows.AddAsync(session, next), Cancellation);
        log.Keys.Forget();
        var key = (await log.Keys.SignerAsync(Cancellation)).KeysOf(SeededLog.Tenant)[^1].ToString();
        await log.GrowAsync(1, keepCheckpoint: true, sequence => RecordOf(sequence, key, reporter), Cancellation);
        var early = await log.Opened.Audit.ReadAsync(static session => LogRows.FindAsync(session, SeededLog.Tenant), Cancellation);
        await log.GrowAsync(between, keepCheckpoint: false, Cancellation);
        var (report, middle) = await log.VerifyAsync(state, Cancellation);
        Assert.Empty(report.Faults);

        await log.GrowAsync(5, keepCheckpoint: false, Cancellation);
        var row = isEarly ? early! : (await log.Opened.Audit.ReadAsync(static session => LogRows.FindAsync(session, SeededLog.Tenant), Cancellation))!;
        await control.WriteAsync(session => KeyRows.AddChangeAsync(session, SeededLog.Tenant, next.Number, row.Checkpoint), Cancellation);
        await log.GrowAsync(600, keepCheckpoint: false, Cancellation);
        await control.WriteAsync(session => KeyRows.RetireAsync(session, KeyRows.LogPurpose, next.Number - 1, 1), Cancellation);
        log.Keys.Forget();
        await log.GrowAsync(600, keepCheckpoint: false, Cancellation);
        return await log.VerifyAsync(middle, Cancellation);
    }

    private static byte[] RecordOf(long sequence, string key, string? reporter) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"action":"audit.key.rotate","actor":{"id":"system","kind":"system","name":"system"},"data":{"newKey":"{{{key}}}"},"id":"{{{sequence}}}",{{{(reporter is null ? string.Empty : "\"reporter\":" + reporter + ",")}}}"tenant":"default","time":"2026-09-21T00:00:00.000Z","v":1}"""));
}
