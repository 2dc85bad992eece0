using Signalbox.Server.Jobs.Running;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Running;

public sealed class RunStopTests
{
    [Fact]
    public void ARequestAfterTheEndOfTheRunDoesNothing()
    {
        var stop = new RunStop();
        var requested = stop.Requested;
        stop.Dispose();

        stop.Request(StopReason.Lost);

        Assert.Null(stop.Reason);
        Assert.False(requested.IsCancellationRequested);
    }

    [Fact]
    public void ALostLeaseOverridesAnEarlierReason()
    {
        using var stop = new RunStop();
        stop.Request(StopReason.Cancelled);
        Assert.False(stop.Lost.IsCancellationRequested);

        stop.Request(StopReason.Lost);
        stop.Request(StopReason.Shutdown);

        Assert.Equal(StopReason.Lost, stop.Reason);
        Assert.True(stop.Lost.IsCancellationRequested);
    }
}
