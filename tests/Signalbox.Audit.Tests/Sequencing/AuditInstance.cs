using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signalbox.Audit.Tests.Storage;
using Signalbox.Sdk.Redaction;
using Signalbox.Server.Audit;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Retention;
using Signalbox.Server.Audit.Search;
using Signalbox.Server.Audit.Sequencing;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Audit.Vocabulary;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Redaction;

namespace Signalbox.Audit.Tests.Sequencing;

/// <summary>The audit log of one instance, without a server around it; its loop does not run, so that tests call the sequencer themselves.</summary>
internal sealed class AuditInstance : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private AuditInstance(ServiceProvider services) => _services = services;

    public IServiceProvider Services => _services;

    public ControlDatabase Control => _services.GetRequiredService<ControlDatabase>();

    public AuditDatabase Audit => _services.GetRequiredService<AuditDatabase>();

    public AuditTrail Trail => _services.GetRequiredService<AuditTrail>();

    public AuditQueue Queue => _services.GetRequiredService<AuditQueue>();

    public Losses Losses => _services.GetRequiredService<Losses>();

    public Sequencer Sequencer => _services.GetRequiredService<Sequencer>();

    public RecordWriter Writer => _services.GetRequiredService<RecordWriter>();

    public static AuditInstance Open(AuditStoreUnderTest place, SequencingOptions? options = null, TimeProvider? clock = null)
    {
        var services = new ServiceCollection();
        services.AddMetrics();
        services.AddLogging();
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddSingleton(place.Data);
        services.AddSingleton(place.Options);
        services.AddSingleton<ControlMetrics>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<AuditMetrics>();
        services.AddSingleton<IMigrationSource, AuditMigrations>();
        services.AddSingleton(provider => ControlDatabase.Open(
            place.Data,
            [.. provider.GetServices<IMigrationSource>()],
            place.Options,
            provider.GetRequiredService<ControlMetrics>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new ServerRedactor(Redactor.Default));
        services.AddSingleton<RecordWriter>();
        services.AddAuditKeys(new KeyOptions { Origin = "audit.test" });
        services.AddAuditStorage();
        services.AddAuditSearch(new SearchOptions());
        services.AddAuditSequencing(options ?? SequencingOptions.Default);
        services.AddAuditRetention(new RetentionOptions(TimeSpan.FromDays(90)) { DeleteRows = 300 });
        return new AuditInstance(services.BuildServiceProvider());
    }

    /// <summary>A standard event.</summary>
    public static AuditEvent Event(string id = "x", string tenant = "acme") =>
        new(tenant, AuditActor.System, AuditVocabulary.FilterSave, new AuditResource(AuditVocabulary.Filter, id, id));

    /// <summary>A mandatory one.</summary>
    public static AuditEvent Mandatory(string id = "x", string tenant = "acme") =>
        new(tenant, AuditActor.System, AuditVocabulary.KeyRotate, new AuditResource(AuditVocabulary.Key, id, id));

    /// <summary>A record with an id from outside.</summary>
    public PreparedRecord Reported(string id, string tenant = "acme") => Writer.Prepare(Event(tenant: tenant) with { Id = id }, scope: null);

    /// <summary>Runs the sequencer until nothing is left.</summary>
    public async Task SequenceAsync(CancellationToken cancellationToken)
    {
        while (await Sequencer.RunOnceAsync(cancellationToken))
        {
        }
    }

    /// <summary>Sequences until <paramref name="work"/>, which waits for the log, is done.</summary>
    public async Task WhileSequencingAsync(Task work, CancellationToken cancellationToken)
    {
        while (!work.IsCompleted)
        {
            await Sequencer.RunOnceAsync(cancellationToken);
            await Task.Yield();
        }

        await work;
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();
}
