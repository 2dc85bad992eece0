using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Files;

namespace Signalbox.Server.Tests.Platform.Control.Conformance;

public sealed class SqliteDialectTests : DialectConformance
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<ControlMetrics>().BuildServiceProvider();
    private DataFolder? _data;

    private protected override Task<ControlDatabase> OpenAsync(params Migration[] migrations)
    {
        _data = DataFolder.Open(_folder.File("data"));
        return Task.FromResult(ControlDatabase.Open(
            _data, [new ThingMigrations(migrations)], new ControlOptions(QueueLength: 1000, GroupSize: 500, Readers: 2), _services.GetRequiredService<ControlMetrics>(), TimeProvider.System));
    }

    protected override async ValueTask EndAsync()
    {
        _data?.Dispose();
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
