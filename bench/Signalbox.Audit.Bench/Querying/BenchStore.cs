using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Server.Audit;
using Signalbox.Server.Audit.Search;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Files;
using Signalbox.Testing.Services;

namespace Signalbox.Audit.Bench.Querying;

/// <summary>An audit store with its search, on a server of its own where one is needed.</summary>
internal sealed class BenchStore : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _owned = [];
    private readonly TemporaryFolder _folder = new();
    private readonly DataFolder _data;
    private readonly ControlDatabase _control;

    private BenchStore(ControlTarget target)
    {
        var services = new ServiceCollection().AddMetrics().AddSingleton<ControlMetrics>().BuildServiceProvider();
        _data = DataFolder.Open(_folder.File("data"));
        var options = new ControlOptions(QueueLength: 10_000, GroupSize: 500, Readers: 4) { Target = target };
        var controlMetrics = services.GetRequiredService<ControlMetrics>();
        IReadOnlyList<IMigrationSource> sources = [new AuditMigrations(), new AuditLogMigrations(), new SearchMigrations()];
        _control = ControlDatabase.Open(_data, sources, options, controlMetrics, TimeProvider.System);
        Database = AuditDatabase.Open(_control, _data, sources, options, controlMetrics, TimeProvider.System);

        var search = new SearchOptions();
        var metrics = new SearchMetrics(services.GetRequiredService<IMeterFactory>());
        Index = new EraIndex(new LogTails(search, metrics), metrics, EraShape.Default);
        var repairs = new EraRepairs(Database, EraShape.Default, metrics, TimeProvider.System, NullLogger<EraRepairs>.Instance);
        Search = new EventSearch(Database, Index, repairs, search, metrics, TimeProvider.System);
        _owned.Add(services);
    }

    public AuditDatabase Database { get; }

    public EraIndex Index { get; }

    public EventSearch Search { get; }

    /// <summary>What the files of the data folder take.</summary>
    public long FileBytes => new DirectoryInfo(_folder.Path).EnumerateFiles("audit.db*", SearchOption.AllDirectories).Sum(static file => file.Length);

    public static async Task<BenchStore> OpenAsync(string store, CancellationToken cancellationToken)
    {
        (IAsyncDisposable? server, string url) = store switch
        {
            "postgresql" => await PostgreSqlAsync(cancellationToken),
            "mysql" => await MySqlAsync(cancellationToken),
            _ => (null, "sqlite"),
        };
        _ = ControlTarget.TryParse(url, out var target);
        var opened = new BenchStore(target);
        if (server is not null)
        {
            opened._owned.Add(server);
        }

        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _control.DisposeAsync();
        foreach (var owned in _owned)
        {
            await owned.DisposeAsync();
        }

        _data.Dispose();
        _folder.Dispose();
    }

    private static async Task<(IAsyncDisposable Server, string Url)> PostgreSqlAsync(CancellationToken cancellationToken)
    {
        var server = await PostgreSqlProcess.StartAsync(cancellationToken, durable: true);
        return (server, server.UrlOf("postgres"));
    }

    private static async Task<(IAsyncDisposable Server, string Url)> MySqlAsync(CancellationToken cancellationToken)
    {
        var server = await MariaDbProcess.StartAsync(cancellationToken);
        await server.ExecuteAsync("CREATE DATABASE bench", cancellationToken);
        return (server, server.UrlOf("bench"));
    }
}
