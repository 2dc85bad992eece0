using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Leases;
using Signalbox.Server.Platform.Leases.Database;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;

namespace Signalbox.Server.Tests.Platform.Leases;

/// <summary>Leases in SQLite, whose clock is a test's.</summary>
internal sealed class SqliteLeaseHouse : ILeaseHouse
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeClock _clock = new();
    private DataFolder _data;
    private TaskCompletionSource? _frozen;

    public SqliteLeaseHouse()
    {
        _data = DataFolder.Open(_folder.File("data"));
        Control = Open();
        Clock = new LeaseClock(Control.Dialect, _clock);
    }

    public ControlDatabase Control { get; private set; }

    public LeaseClock Clock { get; private set; }

    public ILeaseStore OpenStore(TimeProvider clock) => new Opened(this);

    public void PassServerTime(TimeSpan time) => _clock.Advance(time);

    public void StepServerClock(TimeSpan step) => _clock.StepTo(_clock.GetUtcNow() + step);

    public async Task FreezeAsync(CancellationToken cancellationToken)
    {
        _frozen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = new TaskCompletionSource();
        var frozen = _frozen.Task;
        _ = Control.WriteAsync(
            async _ =>
            {
                started.SetResult();
                await frozen;
            },
            cancellationToken);
        await started.Task.WaitAsync(cancellationToken);
    }

    public Task ThawAsync(CancellationToken cancellationToken)
    {
        _frozen!.SetResult();
        return Task.CompletedTask;
    }

    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await Control.DisposeAsync();
        _data.Dispose();
        _data = DataFolder.Open(_folder.File("data"));
        Control = Open();
        Clock = new LeaseClock(Control.Dialect, _clock);
    }

    public Task<bool> LoseDataAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public async ValueTask DisposeAsync()
    {
        await Control.DisposeAsync();
        _data.Dispose();
        _folder.Dispose();
        await _services.DisposeAsync();
    }

    private ControlDatabase Open() => ControlDatabase.Open(
        _data, [new LeaseMigrations()], new ControlOptions(100, 50, 2), ActivatorUtilities.CreateInstance<ControlMetrics>(_services), _clock);

    /// <summary>One of several owners in the one process that may use the database; the start, which frees what a process before left, is done by the house.</summary>
    private sealed class Opened(SqliteLeaseHouse house) : ILeaseStore
    {
        public string Kind => Store.Kind;

        private DatabaseLeaseStore Store => new(house.Control, new LeaseEpochs(house.Control), house.Clock);

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<long?> TakeAsync(LeaseClaim claim, CancellationToken cancellationToken) => Store.TakeAsync(claim, cancellationToken);

        public Task<bool> RenewAsync(LeaseClaim claim, long token, CancellationToken cancellationToken) => Store.RenewAsync(claim, token, cancellationToken);

        public Task ReleaseAsync(LeaseClaim claim, CancellationToken cancellationToken) => Store.ReleaseAsync(claim, cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
