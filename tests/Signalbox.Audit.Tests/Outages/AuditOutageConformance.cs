using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signalbox.Audit.Tests.Sequencing;
using Signalbox.Audit.Tests.Storage;
using Signalbox.Server.Audit.Sequencing;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Audit.Tests.Outages;

/// <summary>What becomes of events while the database that holds the log is away, and afterwards.</summary>
public abstract class AuditOutageConformance : IAsyncLifetime
{
    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected abstract string Url { get; }

    [Fact]
    public async Task StandardEventsWaitMandatoryOnesFailAndNothingIsLostOrDoubled()
    {
        await using var place = AuditStoreUnderTest.For(Url);
        await using var instance = AuditInstance.Open(place);
        var loop = instance.Services.GetServices<IHostedService>().OfType<SequencerLoop>().Single();
        await loop.StartAsync(Cancellation);
        var recorded = 0;
        var mandatory = 0;
        for (var round = 0; round < 2; round++)
        {
            // In the middle of writing: what is in hand is cut off at any place, the commit's answer included.
            for (var number = 0; number < 3000; number++, recorded++)
            {
                instance.Trail.Record(AuditInstance.Event());
            }

            await instance.Trail.RecordAsync(AuditInstance.Mandatory(), Cancellation);
            mandatory++;
            await CrashAsync();
            for (var number = 0; number < 500; number++, recorded++)
            {
                instance.Trail.Record(AuditInstance.Event());
            }

            await Assert.ThrowsAsync<ControlUnavailableException>(() => instance.Trail.RecordAsync(AuditInstance.Mandatory(), Cancellation));
            await StartAgainAsync();
        }

        await Eventually.HoldsAsync("the queue was empty", () => Task.FromResult(instance.Queue.Events == 0), Cancellation);
        await Eventually.HoldsAsync(
            "the outbox was empty", async () => await instance.Control.ReadAsync(OutboxRows.CountAsync, Cancellation) == 0, Cancellation);
        await loop.StopAsync(Cancellation);

        var bodies = await LogChecks.AssertWholeAsync(instance.Audit, "acme", Cancellation);
        Assert.Equal(recorded + mandatory, bodies.Count);
        Assert.Equal(bodies.Count, bodies.Distinct(StringComparer.Ordinal).Count());
        Assert.False(instance.Losses.Any);
    }

    public abstract ValueTask InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task CrashAsync();

    private protected abstract Task StartAgainAsync();

    private protected abstract ValueTask EndAsync();
}
