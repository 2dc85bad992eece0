using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Ingest;
using Signalbox.Server.Ingest.Intake;
using Signalbox.Telemetry;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Intake;

public sealed class SourceTableTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SourceTable _table;

    public SourceTableTests() => _table = new SourceTable(_clock, new IngestLimits { MaxSourcesPerTenant = 2 }, new IngestMetrics(_services.GetRequiredService<IMeterFactory>()));

    [Fact]
    public void AveragesTheRateOverTheTimeThatWasWatched()
    {
        for (var second = 0; second <= 60; second++)
        {
            _table.Record(Source("a"), 100, 0, succeeded: true, null);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(_table.Of(TenantId.Default)[0].SamplesPerSecond, 95, 110);
    }

    [Fact]
    public void TheRateOfASilentSourceFalls()
    {
        _table.Record(Source("a"), 3000, 0, succeeded: true, null);
        _clock.Advance(TimeSpan.FromMinutes(4));

        var report = _table.Of(TenantId.Default)[0];

        Assert.InRange(report.SamplesPerSecond, 0, 0.1);
        Assert.True(report.Up);
        Assert.Equal(3000, report.Accepted);
    }

    [Fact]
    public void ASourceThatFallsSilentIsDown()
    {
        _table.Record(Source("a"), 1, 0, succeeded: true, null);
        _clock.Advance(TimeSpan.FromMinutes(5));

        Assert.False(_table.Of(TenantId.Default)[0].Up);
    }

    [Fact]
    public void KeepsTheLastErrorUntilARequestGoesWell()
    {
        _table.Record(Source("a"), 0, 0, succeeded: false, "cannot be read");
        Assert.Equal("cannot be read", _table.Of(TenantId.Default)[0].LastError);

        _table.Record(Source("a"), 1, 0, succeeded: true, null);
        Assert.Null(_table.Of(TenantId.Default)[0].LastError);
    }

    [Fact]
    public void TheSourceUnseenLongestMakesRoom()
    {
        foreach (var name in (string[])["a", "b", "a", "c"])
        {
            _table.Record(Source(name), 1, 0, succeeded: true, null);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["a", "c"], _table.Of(TenantId.Default).Select(static report => report.Source.Name));
    }

    [Fact]
    public void OneTenantSeesNothingOfAnotherAndTakesNoRoomFromIt()
    {
        var other = new TenantId("other");
        _table.Record(Source("mine"), 1, 0, succeeded: true, null);
        foreach (var name in (string[])["a", "b", "c"])
        {
            _table.Record(Source(name) with { Tenant = other }, 1, 0, succeeded: true, null);
        }

        Assert.Equal(["mine"], _table.Of(TenantId.Default).Select(static report => report.Source.Name));
        Assert.Equal(2, _table.CountOf(other));
    }

    public void Dispose() => _services.Dispose();

    private static IngestSource Source(string name) => new(TenantId.Default, SourceKind.OtlpHttp, name, "10.0.0.1", "token");
}
