using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Leases;
using Signalbox.Server.Platform.Leases.Database;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;

namespace Signalbox.Server.Tests.Platform.Leases;

/// <summary>Leases in a control database that several processes share, in a server of the test's own.</summary>
/// <param name="crash">Ends the server at once.</param>
/// <param name="start">Starts it again with what it had.</param>
internal sealed class SharedLeaseHouse(string url, Func<CancellationToken, Task> crash, Func<CancellationToken, Task> start) : ILeaseHouse
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly List<IAsyncDisposable> _opened = [];
    private int _last;

    public ControlDatabase Control => field ??= Open();

    public ILeaseStore OpenStore(TimeProvider clock)
    {
        var database = Open();
        return new DatabaseLeaseStore(database, new LeaseEpochs(database), new LeaseClock(database.Dialect, clock));
    }

    public void PassServerTime(TimeSpan time)
    {
        // The server has a clock of its own.
    }

    public void StepServerClock(TimeSpan step)
    {
        // The server has a clock of its own.
    }

    public Task FreezeAsync(CancellationToken cancellationToken) => crash(cancellationToken);

    public Task ThawAsync(CancellationToken cancellationToken) => start(cancellationToken);

    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await crash(cancellationToken);
        await start(cancellationToken);
    }

    public Task<bool> LoseDataAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public async ValueTask DisposeAsync()
    {
        foreach (var opened in _opened)
        {
            await opened.DisposeAsync();
        }

        _folder.Dispose();
        await _services.DisposeAsync();
    }

    private ControlDatabase Open()
    {
        Assert(ControlTarget.TryParse(url, out var target));
        using var folder = DataFolder.Open(_folder.File($"data{Interlocked.Increment(ref _last)}"));
        var database = ControlDatabase.Open(
            folder, [new LeaseMigrations()], new ControlOptions(100, 50, 2) { Target = target, Connections = 4 }.Patient(), ActivatorUtilities.CreateInstance<ControlMetrics>(_services), TimeProvider.System);
        lock (_opened)
        {
            _opened.Add(database);
        }

        return database;
    }

    private static void Assert(string? error) => Xunit.Assert.Null(error);
}
