using Signalbox.Server.Query;
using Signalbox.Telemetry.Metrics;
using Xunit;

namespace Signalbox.Server.Tests.Query;

public sealed class QueryFaultsTests
{
    [Fact]
    public void AStoreThatIsStillOpeningIsUnavailableAndWorthAnotherTry()
    {
        var fault = QueryFaults.Of(new MetricStoreUnavailableException("The metric store still reads its log."));

        Assert.Equal((503, "unavailable"), (fault.Status, fault.Type));
    }

    [Fact]
    public void AFileThatCannotBeReadIsTheServersOwnFault() => Assert.Equal((500, "internal"), (QueryFaults.Of(new IOException("broken")).Status, QueryFaults.Of(new IOException("broken")).Type));
}
