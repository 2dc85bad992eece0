using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Leases;
using Signalbox.Server.Platform.Leases.Redis;
using Signalbox.Testing.Services;

namespace Signalbox.Server.Tests.Platform.Leases;

/// <summary>Leases in a real Redis.</summary>
internal sealed class RedisLeaseHouse : ILeaseHouse
{
    private readonly EpochControl _control;

    public RedisLeaseHouse(RedisProcess server, EpochControl control)
    {
        Server = server;
        _control = control;
    }

    public RedisProcess Server { get; }

    public ControlDatabase Control => _control.Database;

    public static async Task<ILeaseHouse> StartAsync(CancellationToken cancellationToken) => new RedisLeaseHouse(await RedisProcess.StartAsync(cancellationToken), new EpochControl());

    public LeaseOptions Options() => LeaseParts.Options with { Provider = LeaseAddress.Database with { Kind = LeaseKind.Redis, Endpoints = [new LeaseEndpoint("127.0.0.1", Server.Port)] } };

    public ILeaseStore OpenStore(TimeProvider clock)
    {
        var options = Options();
        return new RedisLeaseStore(options, new RedisConnection(options, NullLogger<RedisConnection>.Instance), _control.OpenGate());
    }

    public void PassServerTime(TimeSpan time)
    {
        // Redis has a clock of its own.
    }

    public void StepServerClock(TimeSpan step)
    {
        // Redis has a clock of its own.
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
