using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Leases;
using Signalbox.Testing.Files;

namespace Signalbox.Server.Tests.Platform.Leases;

/// <summary>A control database beside a provider that keeps leases elsewhere.</summary>
internal sealed class EpochControl : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly DataFolder? _data;

    public EpochControl()
    {
        _data = DataFolder.Open(_folder.File("data"));
        Database = ControlDatabase.Open(
            _data, [new LeaseMigrations()], new ControlOptions(100, 50, 2), ActivatorUtilities.CreateInstance<ControlMetrics>(_services), TimeProvider.System);
    }

    /// <param name="database">Somebody else's, who closes it.</param>
    public EpochControl(ControlDatabase database) => Database = database;

    public ControlDatabase Database { get; }

    /// <summary>The gate of one more process.</summary>
    public EpochGate OpenGate() =>
        new(new LeaseEpochs(Database), ActivatorUtilities.CreateInstance<LeaseMetrics>(_services), NullLogger<EpochGate>.Instance);

    public async ValueTask DisposeAsync()
    {
        if (_data is not null)
        {
            await Database.DisposeAsync();
            _data.Dispose();
        }

        _folder.Dispose();
        await _services.DisposeAsync();
    }
}
