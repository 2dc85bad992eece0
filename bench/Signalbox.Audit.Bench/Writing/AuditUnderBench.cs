using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signalbox.Sdk.Redaction;
using Signalbox.Server.Audit;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Search;
using Signalbox.Server.Audit.Sequencing;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Redaction;
using Signalbox.Testing.Files;
using Signalbox.Testing.Services;

namespace Signalbox.Audit.Bench.Writing;

/// <summary>The audit log as the server puts it together, without the server.</summary>
internal sealed class AuditUnderBench : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DataFolder _data;
    private readonly ServiceProvider _services;
    private readonly PostgreSqlProcess? _server;

    private AuditUnderBench(PostgreSqlProcess? server, SequencingOptions options)
    {
        _server = server;
        _data = DataFolder.Open(_folder.File("data"));
        ControlTarget.TryParse(server?.UrlOf("postgres") ?? "sqlite", out var target);
        var control = new ControlOptions(QueueLength: 10_000, GroupSize: 500, Readers: 8) { Target = target };
        var services = new ServiceCollection();
        services.AddMetrics();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_data);
        services.AddSingleton(control);
        services.AddSingleton<ControlMetrics>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<AuditMetrics>();
        services.AddSingleton<IMigrationSource, AuditMigrations>();
        services.AddSingleton(provider => ControlDatabase.Open(_data, [.. provider.GetServices<IMigrationSource>()], control, provider.GetRequiredService<ControlMetrics>(), TimeProvider.System));
        services.AddSingleton(new ServerRedactor(Redactor.Default));
        services.AddSingleton<RecordWriter>();
        services.AddAuditKeys(new KeyOptions { Origin = "audit.bench" });
        services.AddAuditStorage();
        services.AddAuditSearch(new SearchOptions());
        services.AddAuditSequencing(options);
        _services = services.BuildServiceProvider();
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public PostgreSqlProcess? Server => _server;

    public string Folder => _folder.Path;

    /// <param name="store"><c>sqlite</c> or <c>postgresql</c>; either waits for the disk at each commit.</param>
    public static async Task<AuditUnderBench> StartAsync(string store, SequencingOptions options, CancellationToken cancellationToken) =>
        new(store == "sqlite" ? null : await PostgreSqlProcess.StartAsync(cancellationToken, durable: true), options);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _data.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }
}
