using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Leases;
using Signalbox.Server.Platform.Leases.Etcd;
using Signalbox.Testing.Services;

namespace Signalbox.Server.Tests.Platform.Leases;

/// <summary>Leases in a real etcd.</summary>
internal sealed class EtcdLeaseHouse : ILeaseHouse
{
    private readonly EpochControl _control;

    public EtcdLeaseHouse(EtcdProcess server, EpochControl control)
    {
        Server = server;
        _control = control;
    }

    public EtcdProcess Server { get; }

    public ControlDatabase Control => _control.Database;

    public static async Task<ILeaseHouse> StartAsync(CancellationToken cancellationToken) => new EtcdLeaseHouse(await EtcdProcess.StartAsync(cancellationToken), new EpochControl());

    public LeaseOptions Options() => LeaseParts.Options with { Provider = LeaseAddress.Database with { Kind = LeaseKind.Etcd, Endpoints = [new LeaseEndpoint("127.0.0.1", Server.Port)] } };

    public ILeaseStore OpenStore(TimeProvider clock)
    {
        var options = Options();
        return new EtcdLeaseStore(new EtcdClient(options, NullLogger<EtcdClient>.Instance), options, _control.OpenGate());
    }

    public void PassServerTime(TimeSpan time)
    {
        // etcd has a clock of its own.
    }

    public void StepServerClock(TimeSpan step)
    {
        // etcd has a clock of its own.
    }

    public Task FreezeAsync(CancellationToken cancellationToken)
    {
        Server.Freeze();
        return Task.CompletedTask;
    }

    public Task ThawAsync(CancellationToken cancellationToken)
    {
        Server.Thaw();
        return Task.CompletedTask;
    }

    public Task RestartAsync(CancellationToken cancellationToken) => Server.RestartAsync(keepData: true, cancellationToken);

    public async Task<bool> LoseDataAsync(CancellationToken cancellationToken)
    {
        await Server.RestartAsync(keepData: false, cancellationToken);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _control.DisposeAsync();
    }
}
