using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;
using Signalbox.Testing.Services;

namespace Signalbox.Server.Tests.Platform.Control.Conformance;

/// <summary>A place for a control database of one engine, empty at first; several can be opened on it as several instances would.</summary>
internal sealed class ControlUnderTest : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DataFolder _data;
    private readonly List<ControlDatabase> _opened = [];

    private ControlUnderTest(ControlTarget target)
    {
        _data = DataFolder.Open(_folder.File("data"));
        Options = new ControlOptions(QueueLength: 1000, GroupSize: 500, Readers: 4) { Target = target, Connections = 8 }.Patient();
    }

    public ControlOptions Options { get; init; }

    public ServiceProvider Services { get; } = new ServiceCollection().AddMetrics().AddSingleton<ControlMetrics>().BuildServiceProvider();

    /// <summary>Makes a new place; the test is skipped when its server is not installed.</summary>
    public static async Task<ControlUnderTest> CreateAsync(SharedDatabases databases, ControlEngine engine, CancellationToken cancellationToken) => For(engine switch
    {
        ControlEngine.PostgreSql => await databases.NewPostgreSqlAsync(cancellationToken),
        ControlEngine.MySql => await databases.NewMariaDbAsync(cancellationToken),
        _ => "sqlite",
    });

    /// <param name="url">As in <c>storage.control</c>.</param>
    public static ControlUnderTest For(string url) =>
        ControlTarget.TryParse(url, out var target) is { } error ? throw new InvalidOperationException(error) : new ControlUnderTest(target);

    public ControlDatabase Open(params IReadOnlyList<Migration> migrations) => Open(Options, migrations);

    public ControlDatabase Open(ControlOptions options, params IReadOnlyList<Migration> migrations) => Open(options, [new ThingMigrations(migrations)]);

    public ControlDatabase Open(ControlOptions options, IReadOnlyList<IMigrationSource> sources)
    {
        var database = ControlDatabase.Open(_data, sources, options, Services.GetRequiredService<ControlMetrics>(), TimeProvider.System);
        _opened.Add(database);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }

        _data.Dispose();
        await Services.DisposeAsync();
        _folder.Dispose();
    }
}
