using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Ingest;
using Signalbox.Server.Ingest.Intake;
using Signalbox.Telemetry;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Intake;

public sealed class IngestGateTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly RefusalCounts _refusals;
    private readonly IngestGate _gate;

    public IngestGateTests()
    {
        _refusals = new RefusalCounts(new IngestMetrics(_services.GetRequiredService<IMeterFactory>()));
        _gate = new IngestGate(new IngestLimits { MaxConcurrentRequests = 1, MaxWaitingRequests = 1 }, _refusals);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneIsServedOneWaitsAndTheNextIsSentAway()
    {
        var first = await _gate.EnterAsync(TenantId.Default, Cancel);
        var second = _gate.EnterAsync(TenantId.Default, Cancel).AsTask();

        Assert.NotNull(first);
        Assert.False(second.IsCompleted);
        Assert.Null(await _gate.EnterAsync(TenantId.Default, Cancel));
        Assert.Equal(1, _refusals.Of(TenantId.Default, LimitNames.MaxWaitingRequests));

        first.Dispose();
        first.Dispose();
        using var turn = await second;
        Assert.NotNull(turn);
        Assert.Equal(1, _gate.Inside);
    }

    [Fact]
    public async Task WhoGivesUpWaitingLeavesNoTrace()
    {
        using var first = await _gate.EnterAsync(TenantId.Default, Cancel);
        using var impatient = new CancellationTokenSource();
        var second = _gate.EnterAsync(TenantId.Default, impatient.Token).AsTask();

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(1, _gate.Inside);
    }

    public void Dispose()
    {
        _gate.Dispose();
        _services.Dispose();
    }
}
