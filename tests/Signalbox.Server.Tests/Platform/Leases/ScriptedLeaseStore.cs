using Signalbox.Server.Platform.Leases;

namespace Signalbox.Server.Tests.Platform.Leases;

/// <summary>A store that answers as a test says.</summary>
internal sealed class ScriptedLeaseStore : ILeaseStore
{
    public string Kind => "scripted";

    public Func<LeaseClaim, Task<long?>> Take { get; set; } = static _ => Task.FromResult<long?>(1);

    public Func<Task<bool>> Renew { get; set; } = static () => Task.FromResult(true);

    public List<LeaseClaim> Taken { get; } = [];

    public List<LeaseClaim> Released { get; } = [];

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<long?> TakeAsync(LeaseClaim claim, CancellationToken cancellationToken)
    {
        Taken.Add(claim);
        return Take(claim);
    }

    public Task<bool> RenewAsync(LeaseClaim claim, long token, CancellationToken cancellationToken) => Renew();

    public Task ReleaseAsync(LeaseClaim claim, CancellationToken cancellationToken)
    {
        Released.Add(claim);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
