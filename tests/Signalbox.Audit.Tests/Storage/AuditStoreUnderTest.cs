using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Audit;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Search;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Audit.Verification;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;
using Signalbox.Testing.Services;

namespace Signalbox.Audit.Tests.Storage;

/// <summary>A place for a control database and its audit log on one engine, empty at first; several can be opened on a shared one, as several instances would.</summary>
internal sealed class AuditStoreUnderTest : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<IAsyncDisposable> _opened = [];

    private AuditStoreUnderTest(ControlTarget target)
    {
        Data = DataFolder.Open(_folder.File("data"));
        Options = new ControlOptions(QueueLength: 10_000, GroupSize: 500, Readers: 4) { Target = target, Connections = 8 }.Patient();
    }

    /// <summary>The tables of the slice, in both databases.</summary>
    public static IReadOnlyList<IMigrationSource> Sources { get; } = [new AuditMigrations(), new AuditLogMigrations(), new SearchMigrations()];

    public DataFolder Data { get; }

    public ControlOptions Options { get; }

    public ServiceProvider Services { get; } = new ServiceCollection().AddMetrics().AddSingleton<ControlMetrics>().BuildServiceProvider();

    /// <summary>Makes a new place; the test is skipped when its server is not installed.</summary>
    public static async Task<AuditStoreUnderTest> CreateAsync(SharedDatabases databases, ControlEngine engine, CancellationToken cancellationToken) => For(engine switch
    {
        ControlEngine.PostgreSql => await databases.NewPostgreSqlAsync(cancellationToken),
        ControlEngine.MySql => await databases.NewMariaDbAsync(cancellationToken),
        _ => "sqlite",
    });

    /// <param name="url">As in <c>storage.control</c>.</param>
    public static AuditStoreUnderTest For(string url) =>
        ControlTarget.TryParse(url, out var target) is { } error ? throw new InvalidOperationException(error) : new AuditStoreUnderTest(target);

    /// <summary>Opens both databases; on SQLite only once at a time.</summary>
    public OpenedStore Open() => Open(TimeProvider.System);

    public OpenedStore Open(TimeProvider clock)
    {
        var sources = Sources;
        var metrics = Services.GetRequiredService<ControlMetrics>();
        var control = ControlDatabase.Open(Data, sources, Options, metrics, clock);
        var opened = new OpenedStore(control, AuditDatabase.Open(control, Data, sources, Options, metrics, clock));
        _opened.Add(opened);
        return opened;
    }

    /// <summary>Reads a tenant's log as <c>signalbox audit verify</c> does, beside whoever writes it.</summary>
    public StoreLogSource SourceOf(string tenant, KeyOptions keys)
    {
        StoreConnections Connect(string file) => Options.Target.Engine switch
        {
            ControlEngine.Sqlite => StoreConnections.ForFile(Data.File(file), TimeProvider.System),
            ControlEngine.PostgreSql => StoreConnections.ForServer(new PostgreSqlDriver(Options)),
            _ => StoreConnections.ForServer(new MySqlDriver(Options)),
        };
        return new StoreLogSource(Connect(AuditDatabase.FileName), Connect(ControlDatabase.FileName), keys, tenant);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var opened in _opened)
        {
            await opened.DisposeAsync();
        }

        Data.Dispose();
        await Services.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>The two databases of one instance.</summary>
internal sealed record OpenedStore(ControlDatabase Control, AuditDatabase Audit) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Audit.DisposeAsync();
        await Control.DisposeAsync();
    }
}
