using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signalbox.Audit.Tests.Storage;
using Signalbox.Server.Audit.Sequencing;
using Signalbox.Server.Platform;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Audit.Tests.Sequencing;

public sealed class SequencerLoopTests : IAsyncDisposable
{
    private readonly AuditStoreUnderTest _place = AuditStoreUnderTest.For("sqlite");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WritesWhatIsRecordedWithoutBeingAsked()
    {
        await using var instance = AuditInstance.Open(_place);
        var loop = Loop(instance);
        await loop.StartAsync(Cancellation);

        instance.Trail.Record(AuditInstance.Event());
        await instance.Trail.RecordAsync(AuditInstance.Mandatory(), Cancellation);
        var result = await instance.Trail.AppendAsync([instance.Reported("r")], Cancellation);
        await Eventually.HoldsAsync("three events were in the log", async () => (await Bodies(instance)).Count == 3, Cancellation);

        Assert.Equal("r", Assert.Single(result.Records).Id);
        await loop.StopAsync(Cancellation);
    }

    [Fact]
    public async Task AStopWritesWhatIsWaiting()
    {
        await using var instance = AuditInstance.Open(_place, SequencingOptions.Default with { FlushInterval = TimeSpan.FromHours(1), BatchEvents = 100, DrainLimit = Eventually.Limit });
        var loop = Loop(instance);
        await loop.StartAsync(Cancellation);
        for (var number = 0; number < 4321; number++)
        {
            instance.Trail.Record(AuditInstance.Event());
        }

        await loop.StopAsync(Cancellation);

        Assert.Equal(4321, (await Bodies(instance)).Count);
        Assert.False(File.Exists(_place.Data.File(Losses.FileName)));
    }

    [Fact]
    public async Task WhatAStopCouldNotWriteIsToldByTheNextStart()
    {
        await using (var instance = AuditInstance.Open(_place, SequencingOptions.Default with { DrainLimit = TimeSpan.Zero, FlushInterval = TimeSpan.FromHours(1) }))
        {
            var loop = Loop(instance);
            await loop.StartAsync(Cancellation);
            for (var number = 0; number < 40; number++)
            {
                instance.Trail.Record(AuditInstance.Event());
            }

            await loop.StopAsync(Cancellation);
            instance.Trail.Record(AuditInstance.Event());
            instance.Losses.Save();
        }

        await using var next = AuditInstance.Open(_place);
        var again = Loop(next);
        await again.StartAsync(Cancellation);
        await Eventually.HoldsAsync("the gap record was written", async () => (await Bodies(next)).Count == 1, Cancellation);
        await again.StopAsync(Cancellation);

        var gap = Assert.Single(await Bodies(next));
        Assert.Contains("\"count\":41", gap, StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"shutdown\"", gap, StringComparison.Ordinal);
        Assert.False(File.Exists(_place.Data.File(Losses.FileName)));
    }

    [Fact]
    public async Task AStopInTheMiddleOfGatheringLosesNothing()
    {
        await using var instance = AuditInstance.Open(_place);
        instance.Trail.Record(AuditInstance.Event());
        instance.Losses.Add("acme", LossReason.Overflow, 3);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => instance.Sequencer.RunOnceAsync(new CancellationToken(canceled: true)));
        await instance.SequenceAsync(Cancellation);

        Assert.Equal(2, (await Bodies(instance)).Count);
    }

    [Fact]
    public async Task AGapIsToldOnceThoughTheProcessThatToldItWasKilled()
    {
        await using (var instance = AuditInstance.Open(_place))
        {
            instance.Losses.Add("acme", LossReason.Shutdown, 41);
            instance.Losses.Save();
        }

        var file = _place.Data.File(Losses.FileName);
        var left = await File.ReadAllBytesAsync(file, Cancellation);
        await using (var instance = AuditInstance.Open(_place))
        {
            instance.Losses.Load();
            await instance.SequenceAsync(Cancellation);
            Assert.False(File.Exists(file));
        }

        // As if it had been killed between the log and the file.
        await File.WriteAllBytesAsync(file, left, Cancellation);
        await using var next = AuditInstance.Open(_place);
        next.Losses.Load();
        next.Losses.Add("acme", LossReason.Shutdown, 1);
        await next.SequenceAsync(Cancellation);

        var gaps = await Bodies(next);
        Assert.Equal(2, gaps.Count);
        Assert.Contains("\"count\":41", gaps[0], StringComparison.Ordinal);
        Assert.Contains("\"count\":1,", gaps[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStopDoesNotWaitForALogThatWasGivenUp()
    {
        // Its time stands still, so the limit of the wait never comes.
        await using var instance = AuditInstance.Open(_place, clock: new FakeClock());
        instance.Trail.Record(AuditInstance.Event());
        await instance.SequenceAsync(Cancellation);
        await instance.Audit.WriteAsync(static session => session.ExecuteAsync("UPDATE audit_logs SET root = @root", new { root = new byte[32] }), Cancellation);
        instance.Services.GetRequiredService<LogWriter>().Forget();
        var loop = Loop(instance);
        await loop.StartAsync(Cancellation);
        instance.Trail.Record(AuditInstance.Event());

        await loop.StopAsync(Cancellation).WaitAsync(Eventually.Limit, Cancellation);

        Assert.Equal([1L], instance.Losses.TakeAll().Select(static loss => loss.Count));
        Assert.True(File.Exists(_place.Data.File(Losses.FileName)));
    }

    [Fact]
    public async Task AMandatoryEventThatCannotBeKeptFailsItsCaller()
    {
        await using var instance = AuditInstance.Open(_place);
        await instance.Control.WriteAsync(static session => session.ExecuteAsync("DROP TABLE audit_outbox"), Cancellation);

        await Assert.ThrowsAnyAsync<Exception>(() => instance.Trail.RecordAsync(AuditInstance.Mandatory(), Cancellation));
        Assert.Throws<InvalidOperationException>(() => instance.Trail.Record(AuditInstance.Mandatory()));
    }

    [Fact]
    public async Task WhileTheLogCannotBeWrittenEventsWaitAndThenDropAndAreCountedExactly()
    {
        await using var instance = AuditInstance.Open(_place, SequencingOptions.Default with { QueueEvents = 100 });
        await instance.Audit.WriteAsync(static session => session.ExecuteAsync("ALTER TABLE audit_events RENAME TO hidden"), Cancellation);
        for (var number = 0; number < 60; number++)
        {
            instance.Trail.Record(AuditInstance.Event());
        }

        await Assert.ThrowsAnyAsync<Exception>(() => instance.Sequencer.RunOnceAsync(Cancellation));
        for (var number = 0; number < 60; number++)
        {
            instance.Trail.Record(AuditInstance.Event());
        }

        await Assert.ThrowsAsync<AuditBusyException>(() => instance.Trail.AppendAsync([instance.Reported("r")], Cancellation));
        Assert.Contains("audit", instance.Services.GetRequiredService<Readiness>().Notes, StringComparison.Ordinal);
        await instance.Audit.WriteAsync(static session => session.ExecuteAsync("ALTER TABLE hidden RENAME TO audit_events"), Cancellation);
        await instance.SequenceAsync(Cancellation);
        await instance.SequenceAsync(Cancellation);

        var bodies = await Bodies(instance);
        Assert.Equal(101, bodies.Count);
        Assert.Contains(bodies, static body => body.Contains("\"count\":20", StringComparison.Ordinal) && body.Contains("\"reason\":\"database\"", StringComparison.Ordinal));
        Assert.Null(instance.Services.GetRequiredService<Readiness>().Notes);
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    private static SequencerLoop Loop(AuditInstance instance) => instance.Services.GetServices<IHostedService>().OfType<SequencerLoop>().Single();

    private static Task<IReadOnlyList<string>> Bodies(AuditInstance instance) => LogChecks.AssertWholeAsync(instance.Audit, "acme", Cancellation);
}
