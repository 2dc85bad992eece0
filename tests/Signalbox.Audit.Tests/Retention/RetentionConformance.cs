using Microsoft.Extensions.DependencyInjection;
using Signalbox.Audit.Tests.Sequencing;
using Signalbox.Audit.Tests.Storage;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Retention;
using Signalbox.Server.Audit.Search;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Audit.Verification;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Audit.Tests.Retention;

/// <summary>What the deletion of old records promises on every engine.</summary>
public abstract class RetentionConformance : IAsyncLifetime
{
    private readonly SharedDatabases _databases;
    private readonly ControlEngine _engine;
    private readonly FakeClock _clock = new();
    private AuditStoreUnderTest _place = null!;
    private AuditInstance _instance = null!;

    private protected RetentionConformance(SharedDatabases databases, ControlEngine engine)
    {
        _databases = databases;
        _engine = engine;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RetentionService Service => _instance.Services.GetRequiredService<RetentionService>();

    private RetentionDesk Desk => _instance.Services.GetRequiredService<RetentionDesk>();

    public async ValueTask InitializeAsync()
    {
        _place = await AuditStoreUnderTest.CreateAsync(_databases, _engine, Cancellation);
        _instance = AuditInstance.Open(_place, clock: _clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _instance.DisposeAsync();
        await _place.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task DeletesWholeTilesThatAreOldEnoughAndSaysSoFirst()
    {
        await RecordAsync(600);
        _clock.Advance(TimeSpan.FromDays(60));
        await RecordAsync(200);
        _clock.Advance(TimeSpan.FromDays(31));

        await _instance.WhileSequencingAsync(Service.RunOnceAsync(Cancellation), Cancellation);

        var log = await LogAsync();
        Assert.Equal((512, 801), (log.First, log.Size));
        var bodies = await LogChecks.AssertWholeAsync(_instance.Audit, "acme", Cancellation);
        Assert.Contains("audit.prune", bodies[^1], StringComparison.Ordinal);
        Assert.Contains("\"count\":512", bodies[^1], StringComparison.Ordinal);
        Assert.Contains("\"until\":512", bodies[^1], StringComparison.Ordinal);
        Assert.Contains("retention 90d", bodies[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task GoesOnAfterItAsBefore()
    {
        await RecordAsync(600);
        _clock.Advance(TimeSpan.FromDays(91));
        await _instance.WhileSequencingAsync(Service.RunOnceAsync(Cancellation), Cancellation);
        _instance.Services.GetRequiredService<Server.Audit.Sequencing.LogWriter>().Forget();
        await RecordAsync(300);

        Assert.Equal(901 - 512, (await LogChecks.AssertWholeAsync(_instance.Audit, "acme", Cancellation)).Count);
    }

    [Fact]
    public async Task WhatIsLeftVerifiesAndSoDoesWhatComesAfter()
    {
        await RecordAsync(600);
        var (before, state) = await VerifyAsync(null);
        _clock.Advance(TimeSpan.FromDays(60));
        await RecordAsync(700);
        _clock.Advance(TimeSpan.FromDays(31));
        await _instance.WhileSequencingAsync(Service.RunOnceAsync(Cancellation), Cancellation);
        var (pruned, next) = await VerifyAsync(state);
        var (whole, _) = await VerifyAsync(null);
        _clock.Advance(TimeSpan.FromDays(60));
        await RecordAsync(300);
        await _instance.WhileSequencingAsync(Service.RunOnceAsync(Cancellation), Cancellation);
        var (late, _) = await VerifyAsync(next);

        Assert.All([before, pruned, whole, late], static report => Assert.True(report.Ok));
        Assert.Equal((0L, 600L), (before.CompleteFrom, before.Checked));
        Assert.Equal((512L, 1301L), (pruned.CompleteFrom, pruned.Size));
        Assert.Equal((512L, 1301L - 512), (whole.CompleteFrom, whole.Checked));
        Assert.Equal((1280L, 1602L), (late.CompleteFrom, late.Size));
    }

    [Fact]
    public async Task NeverEmptiesTheLog()
    {
        await RecordAsync(512);
        _clock.Advance(TimeSpan.FromDays(1000));

        await _instance.WhileSequencingAsync(Service.RunOnceAsync(Cancellation), Cancellation);

        Assert.Equal(256, (await LogAsync()).First);
    }

    [Fact]
    public async Task DeletesNothingThatIsYoung()
    {
        await RecordAsync(600);
        _clock.Advance(TimeSpan.FromDays(89));

        await Service.RunOnceAsync(Cancellation);

        Assert.Equal((0, 600), ((await LogAsync()).First, (await LogAsync()).Size));
    }

    [Fact]
    public async Task KeepsATileOfWhichOneRecordIsYoung()
    {
        await RecordAsync(255);
        _clock.Advance(TimeSpan.FromDays(80));
        await RecordAsync(300);
        _clock.Advance(TimeSpan.FromDays(20));

        await Service.RunOnceAsync(Cancellation);

        Assert.Equal(0, (await LogAsync()).First);
    }

    [Fact]
    public async Task FinishesWhatACrashLeftBehind()
    {
        await RecordAsync(600);
        _clock.Advance(TimeSpan.FromDays(91));

        // As if the process had ended after giving the payloads free, with a part of them deleted.
        await _instance.Audit.WriteAsync(static session => LogRows.MoveFirstAsync(session, 1, 512), Cancellation);
        await _instance.Audit.WriteAsync(static session => EventRows.DeleteAsync(session, 1, 0, 100), Cancellation);
        await Service.RunOnceAsync(Cancellation);

        Assert.Equal(88, (await LogChecks.AssertWholeAsync(_instance.Audit, "acme", Cancellation)).Count);
    }

    [Fact]
    public async Task AnnouncesTheSameRangeOnce()
    {
        await RecordAsync(600);
        _clock.Advance(TimeSpan.FromDays(91));
        var setting = await Desk.GetAsync("acme", Cancellation);
        var pruner = _instance.Services.GetRequiredService<Pruner>();

        // Both see the log as it was before, as two instances do.
        await _instance.WhileSequencingAsync(Task.WhenAll(pruner.RunAsync("acme", setting, Cancellation), pruner.RunAsync("acme", setting, Cancellation)), Cancellation);

        Assert.Equal(601, (await LogAsync()).Size);
        await LogChecks.AssertWholeAsync(_instance.Audit, "acme", Cancellation);
    }

    [Fact]
    public async Task TellsBeforehandWhatWouldGo()
    {
        var start = _clock.GetUtcNow();
        await RecordAsync(600);
        _clock.Advance(TimeSpan.FromDays(40));
        await RecordAsync(10);

        var month = await Desk.PreviewAsync("acme", TimeSpan.FromDays(30), Cancellation);
        var quarter = await Desk.PreviewAsync("acme", TimeSpan.FromDays(90), Cancellation);

        Assert.Equal((512, 2, 0, 512, 98), (month.Events, month.Tiles, month.FromSequence, month.UntilSequence, month.Kept));
        Assert.Equal((start, start, start), (month.From, month.To, month.CompleteFrom));
        Assert.Equal((0, 610, (DateTimeOffset?)null), (quarter.Events, quarter.Kept, quarter.From));
        Assert.Equal(PrunePreview.Nothing, await Desk.PreviewAsync("nobody", TimeSpan.FromDays(30), Cancellation));
    }

    [Fact]
    public async Task TellsItOfWholeErasWithoutReadingTheirRows()
    {
        await RecordAsync(EraShape.Default.Records + 300);
        _clock.Advance(TimeSpan.FromDays(40));
        await RecordAsync(1);

        var preview = await Desk.PreviewAsync("acme", TimeSpan.FromDays(30), Cancellation);
        await Desk.SetAsync("acme", TimeSpan.FromDays(30), AuditActor.System, Cancellation);
        await _instance.WhileSequencingAsync(Service.RunOnceAsync(Cancellation), Cancellation);

        Assert.Equal(EraShape.Default.Records + 256, preview.Events);
        Assert.Equal(preview.UntilSequence, (await LogAsync()).First);
        var left = await _instance.Audit.ReadAsync(static session => session.ListAsync<long>("SELECT era FROM audit_eras"), Cancellation);
        Assert.Empty(left);
    }

    [Fact]
    public async Task ARetentionOfTheTenantsOwnIsRecordedAndHeeded()
    {
        await RecordAsync(600);
        await RecordAsync(600, "other");
        _clock.Advance(TimeSpan.FromDays(10));
        var actor = new AuditActor(AuditActor.User, "u1", "Ada");

        await Desk.SetAsync("acme", TimeSpan.FromDays(7), actor, Cancellation);
        await _instance.SequenceAsync(Cancellation);
        await _instance.WhileSequencingAsync(Service.RunOnceAsync(Cancellation), Cancellation);

        var setting = await Desk.GetAsync("acme", Cancellation);
        Assert.Equal((TimeSpan.FromDays(7), "Ada", _clock.GetUtcNow()), (setting.Retention, setting.ChangedBy, setting.ChangedAt));
        Assert.True((await Desk.GetAsync("other", Cancellation)).IsDefault);
        Assert.Equal(512, (await LogAsync()).First);
        Assert.Equal(0, (await _instance.Audit.ReadAsync(static session => LogRows.FindAsync(session, "other"), Cancellation))!.First);
        var bodies = await LogChecks.AssertWholeAsync(_instance.Audit, "acme", Cancellation);
        Assert.Contains("audit.config.update", bodies[^2], StringComparison.Ordinal);
    }

    private async Task<(VerificationReport Report, VerificationState? State)> VerifyAsync(VerificationState? state)
    {
        await using var source = _place.SourceOf("acme", _instance.Services.GetRequiredService<KeyOptions>());
        var (report, next) = await new LogVerifier(source, []).RunAsync(state, progress: null, Cancellation);
        Assert.Empty(report.Faults);
        return (report, next);
    }

    private async Task RecordAsync(int count, string tenant = "acme")
    {
        for (var number = 0; number < count; number++)
        {
            _instance.Trail.Record(AuditInstance.Event(tenant: tenant));
        }

        await _instance.SequenceAsync(Cancellation);
    }

    private async Task<LogRow> LogAsync() => (await _instance.Audit.ReadAsync(static session => LogRows.FindAsync(session, "acme"), Cancellation))!;
}
