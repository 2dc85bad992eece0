using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Jobs;
using Signalbox.Server.Jobs.Engine;
using Signalbox.Server.Jobs.Engine.Claims;
using Signalbox.Server.Jobs.Engine.Endings;
using Signalbox.Server.Jobs.Engine.Runs;
using Signalbox.Server.Jobs.Running;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Settings;
using Signalbox.Testing.Server;

namespace Signalbox.Server.Tests.Jobs.Engine;

/// <summary>The engine of one instance on a database, without its background tasks: a test runs each loop's rounds itself.</summary>
internal sealed class EngineNode : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);

    private readonly ServiceProvider _services;

    public EngineNode(ControlDatabase database, TimeProvider clock, EngineOptions? options = null, int slots = 100)
    {
        Database = database;
        var services = new ServiceCollection();
        services.AddMetrics();
        services.AddLogging();
        services.AddSingleton(database);
        services.AddSingleton(clock);
        services.AddSingleton<IAttemptRunner>(Runner);
        services.AddSingleton(Options(options ?? new EngineOptions(), slots));
        services.AddSingleton<EngineService>();
        services.AddSingleton<IAuditTrail>(new RecordingTrail());
        services.AddJobsEngine();
        _services = services.BuildServiceProvider();
    }

    public ControlDatabase Database { get; }

    public FakeRunner Runner { get; } = new();

    public string Id => Get<JobInstance>().Id;

    public LocalRuns Runs => Get<LocalRuns>();

    public EndingStore Endings => Get<EndingStore>();

    public IMeterFactory Meters => Get<IMeterFactory>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<IReadOnlyList<ClaimedRun>> ClaimAsync(int limit, CancellationToken cancellationToken) =>
        Database.RunAsync(session => ClaimStore.ClaimAsync(session, new ClaimRequest(Id, limit, TimeSpan.FromSeconds(30))), cancellationToken);

    public Task<EndingOutcome> EndAsync(IReadOnlyList<Ending> endings, CancellationToken cancellationToken) =>
        Database.WriteAsync(session => Endings.WriteAsync(session, endings), repeatable: true, cancellationToken);

    public Task<EndingOutcome> EndAsync(ClaimedRun run, string state, CancellationToken cancellationToken) =>
        EndAsync([new Ending { Id = run.Id, Fence = run.Fence, State = state }], cancellationToken);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static JobsOptions Options(EngineOptions options, int slots) =>
        JobsOptions.Read(new SettingsReader(new SettingsSources(Nothing, Nothing, null))) with { Engine = options, Slots = slots };
}
