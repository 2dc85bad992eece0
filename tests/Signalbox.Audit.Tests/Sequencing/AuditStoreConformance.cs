using Microsoft.Extensions.DependencyInjection;
using Signalbox.Audit.Tests.Storage;
using Signalbox.Server.Audit.Sequencing;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Audit.Tests.Sequencing;

/// <summary>What the audit log promises on every engine.</summary>
public abstract class AuditStoreConformance : IAsyncLifetime
{
    private readonly SharedDatabases _databases;
    private readonly ControlEngine _engine;

    private protected AuditStoreConformance(SharedDatabases databases, ControlEngine engine)
    {
        _databases = databases;
        _engine = engine;
    }

    private protected AuditStoreUnderTest Place { get; private set; } = null!;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Place = await AuditStoreUnderTest.CreateAsync(_databases, _engine, Cancellation);

    public async ValueTask DisposeAsync()
    {
        await Place.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task NumbersEventsInTheOrderInWhichTheyWereRecorded()
    {
        await using var instance = AuditInstance.Open(Place);
        for (var number = 0; number < 700; number++)
        {
            instance.Trail.Record(AuditInstance.Event($"event-{number:000}"));
            if (number % 100 == 42)
            {
                await instance.SequenceAsync(Cancellation);
            }
        }

        await instance.SequenceAsync(Cancellation);

        var bodies = await LogChecks.AssertWholeAsync(instance.Audit, "acme", Cancellation);
        Assert.Equal(700, bodies.Count);
        Assert.All(bodies.Index(), static pair => Assert.Contains($"event-{pair.Index:000}", pair.Item, StringComparison.Ordinal));
        Assert.Equal(0, instance.Queue.Events);
        Assert.Equal(0, instance.Queue.Bytes);
    }

    [Fact]
    public async Task KeepsALogForEachTenant()
    {
        await using var instance = AuditInstance.Open(Place);
        for (var number = 0; number < 30; number++)
        {
            instance.Trail.Record(AuditInstance.Event(tenant: $"tenant-{number % 3}"));
        }

        await instance.SequenceAsync(Cancellation);

        foreach (var tenant in new[] { "tenant-0", "tenant-1", "tenant-2" })
        {
            Assert.Equal(10, (await LogChecks.AssertWholeAsync(instance.Audit, tenant, Cancellation)).Count);
        }
    }

    [Fact]
    public async Task TakesAReportedEventOnce()
    {
        await using var instance = AuditInstance.Open(Place);
        var first = instance.Trail.AppendAsync([instance.Reported("a"), instance.Reported("b"), instance.Reported("a")], Cancellation);
        await instance.SequenceAsync(Cancellation);
        var second = instance.Trail.AppendAsync([instance.Reported("c"), instance.Reported("b")], Cancellation);
        await instance.SequenceAsync(Cancellation);

        Assert.Equal([(0L, false), (1L, false), (0L, true)], (await first).Records.Select(static record => (record.Sequence, record.IsDuplicate)));
        Assert.Equal([(2L, false), (1L, true)], (await second).Records.Select(static record => (record.Sequence, record.IsDuplicate)));
        Assert.Equal(3, (await LogChecks.AssertWholeAsync(instance.Audit, "acme", Cancellation)).Count);
    }

    [Fact]
    public async Task MandatoryEventsEnterTheLogOnceAndLeaveTheOutbox()
    {
        await using var instance = AuditInstance.Open(Place);
        await instance.Trail.RecordAsync(AuditInstance.Mandatory("one"), Cancellation);
        await instance.Control.WriteAsync(session => instance.Trail.RecordAsync(session, AuditInstance.Mandatory("two")), Cancellation);
        var waiting = await instance.Control.ReadAsync(static session => OutboxRows.ListAsync(session, 10, []), Cancellation);
        await instance.SequenceAsync(Cancellation);

        // As if the process had ended between the log and the outbox.
        await instance.Control.WriteAsync(session => OutboxRows.AddAsync(session, waiting[0]), Cancellation);
        instance.Services.GetRequiredService<Outbox>().Added();
        await instance.SequenceAsync(Cancellation);

        var bodies = await LogChecks.AssertWholeAsync(instance.Audit, "acme", Cancellation);
        Assert.Equal(2, bodies.Count);
        Assert.Equal(0, await instance.Control.ReadAsync(OutboxRows.CountAsync, Cancellation));
    }

    [Fact]
    public async Task AWriteThatIsRolledBackLeavesNothing()
    {
        await using var instance = AuditInstance.Open(Place);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => instance.Control.WriteAsync(
            async session =>
            {
                await instance.Trail.RecordAsync(session, AuditInstance.Mandatory());
                await instance.Trail.RecordAsync(session, AuditInstance.Event());
                throw new InvalidTimeZoneException("Anything.");
            },
            Cancellation));

        await instance.SequenceAsync(Cancellation);

        Assert.Equal(0, await instance.Control.ReadAsync(OutboxRows.CountAsync, Cancellation));
        Assert.Empty(await LogChecks.AssertWholeAsync(instance.Audit, "acme", Cancellation));
    }

    [Fact]
    public async Task GoesOnWhereTheLastProcessEnded()
    {
        foreach (var count in new[] { 5, 250, 1, 300, 700 })
        {
            await using var instance = AuditInstance.Open(Place);
            for (var number = 0; number < count; number++)
            {
                instance.Trail.Record(AuditInstance.Event());
            }

            await instance.SequenceAsync(Cancellation);
        }

        await using var last = AuditInstance.Open(Place);
        Assert.Equal(1256, (await LogChecks.AssertWholeAsync(last.Audit, "acme", Cancellation)).Count);
    }

    [Fact]
    public async Task BuildsNothingOnADamagedLog()
    {
        await using var instance = AuditInstance.Open(Place);
        instance.Trail.Record(AuditInstance.Event());
        await instance.SequenceAsync(Cancellation);
        await instance.Audit.WriteAsync(static session => session.ExecuteAsync("UPDATE audit_logs SET root = @root", new { root = new byte[32] }), Cancellation);

        await using var other = _engine == ControlEngine.Sqlite ? null : AuditInstance.Open(Place);
        var next = other ?? instance;
        instance.Services.GetRequiredService<LogWriter>().Forget();
        next.Trail.Record(AuditInstance.Event());
        next.Trail.Record(AuditInstance.Event(tenant: "healthy"));
        await next.Trail.RecordAsync(AuditInstance.Mandatory(), Cancellation);
        await next.SequenceAsync(Cancellation);

        Assert.Equal(1, (await next.Audit.ReadAsync(static session => LogRows.FindAsync(session, "acme"), Cancellation))!.Size);
        Assert.Single(await LogChecks.AssertWholeAsync(next.Audit, "healthy", Cancellation));
        Assert.Equal([("acme", LossReason.Database, 1L)], next.Losses.TakeAll().Select(static loss => (loss.Tenant, loss.Reason, loss.Count)));
        Assert.Equal(1, await next.Control.ReadAsync(OutboxRows.CountAsync, Cancellation));
    }

    [Fact]
    public async Task KeepsOneCheckpointAMinute()
    {
        var clock = new Testing.Clock.FakeClock();
        await using var instance = AuditInstance.Open(Place, clock: clock);
        for (var number = 0; number < 8; number++)
        {
            instance.Trail.Record(AuditInstance.Event());
            await instance.SequenceAsync(Cancellation);
            clock.Advance(TimeSpan.FromSeconds(20));
        }

        var kept = await instance.Audit.ReadAsync(static session => CheckpointRows.ListAsync(session, 1, 0, 100), Cancellation);
        Assert.Equal([1, 4, 7], kept.Select(static checkpoint => checkpoint.Size));
    }

    [Fact]
    public async Task TellsInAGapRecordHowManyEventsWereLost()
    {
        await using var instance = AuditInstance.Open(Place, SequencingOptions.Default with { QueueEvents = 10 });
        for (var number = 0; number < 25; number++)
        {
            instance.Trail.Record(AuditInstance.Event());
        }

        await instance.SequenceAsync(Cancellation);

        var bodies = await LogChecks.AssertWholeAsync(instance.Audit, "acme", Cancellation);
        Assert.Equal(11, bodies.Count);
        Assert.Contains("audit.gap", bodies[^1], StringComparison.Ordinal);
        Assert.Contains("\"count\":15", bodies[^1], StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"overflow\"", bodies[^1], StringComparison.Ordinal);
        Assert.False(instance.Losses.Any);
    }
}
