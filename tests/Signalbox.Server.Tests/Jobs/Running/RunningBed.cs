using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Sdk.Jobs;
using Signalbox.Server.Jobs;
using Signalbox.Server.Jobs.Running;
using Signalbox.Server.Jobs.Running.Commands;
using Signalbox.Server.Jobs.Running.Handlers;
using Signalbox.Server.Jobs.Running.Http;
using Signalbox.Server.Jobs.Running.Output;
using Signalbox.Server.Platform;
using Signalbox.Telemetry;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;

namespace Signalbox.Server.Tests.Jobs.Running;

/// <summary>Everything that carries attempts out, without the engine and without a database.</summary>
internal sealed class RunningBed : IAsyncDisposable
{
    // Of all tests, as what is left of a run is found by its number on the whole machine.
    private static int _lastExecution = Environment.ProcessId << 12;

    private readonly ServiceProvider _services;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counters = new(StringComparer.Ordinal);

    public RunningBed(TimeProvider? clock = null, IReadOnlyDictionary<string, string>? environment = null, Func<RunningOptions, RunningOptions>? adjust = null, ILoggerProvider? log = null, JobRegistry? handlers = null)
    {
        Clock = clock ?? TimeProvider.System;
        Data = DataFolder.Open(Folder.File("data"));
        var options = new RunningOptions
        {
            TrustedTenants = ["default"],
            CommandEnvironment = [],
            HandlerAssemblies = [],
            Http = new HttpOptions(null, TimeSpan.FromSeconds(10), 1 << 20),
            ShutdownGrace = TimeSpan.FromSeconds(2),
            Output = new OutputOptions(1 << 20, 1L << 40, 64 << 20),
        };
        var services = new ServiceCollection();
        services.AddMetrics();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log ?? NullLoggerProvider.Instance));
        services.AddSingleton(Clock);
        services.AddSingleton(Data);
        services.AddSingleton<Readiness>();
        services.AddSingleton<JobsMetrics>();
        services.AddJobsRunning(adjust is null ? options : adjust(options));
        services.AddSingleton<IOutputTable>(Kept);
        if (environment is not null)
        {
            services.AddSingleton(provider => new CommandEnvironment(environment, provider.GetRequiredService<RunningOptions>()));
        }

        if (handlers is not null)
        {
            services.AddSingleton(new HandlerCatalog(handlers));
        }

        _services = services.BuildServiceProvider();
        var meters = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _counters.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        _listener.Start();
        Runner = _services.GetRequiredService<IAttemptRunner>();
    }

    public TemporaryFolder Folder { get; } = new();

    public DataFolder Data { get; }

    public TimeProvider Clock { get; }

    public KeptOutput Kept { get; } = new();

    public IAttemptRunner Runner { get; }

    public OutputWriter Writer => _services.GetRequiredService<OutputWriter>();

    public Readiness Readiness => _services.GetRequiredService<Readiness>();

    public OutputFeed Feed => _services.GetRequiredService<OutputFeed>();

    public RunRequest Request(JobWork work) => new()
    {
        ExecutionId = $"0198c0de-0000-7000-8000-{Interlocked.Increment(ref _lastExecution):x12}",
        JobId = "0198c0de-0000-7000-9000-000000000001",
        JobName = "nightly",
        Tenant = TenantId.Default,
        Attempt = 1,
        Fence = 42,
        NominalAt = new DateTimeOffset(2026, 3, 4, 5, 6, 0, TimeSpan.Zero),
        TraceId = "0123456789abcdef0123456789abcdef",
        Work = work,
        Timeout = TimeSpan.FromMinutes(5),
        Grace = TimeSpan.FromSeconds(30),
    };

    /// <summary>The sum of everything that was added to a counter.</summary>
    public long Counter(string name) => _counters.GetValueOrDefault(name);

    public static CommandWork Shell(string script) => new() { File = "/bin/sh", Arguments = ["-c", script] };

    public async Task<RunResult> RunAsync(RunRequest request)
    {
        using var stop = new RunStop();
        return await Runner.RunAsync(request, stop);
    }

    /// <summary>Waits until the run's output holds <paramref name="text"/>; a clock that stands is moved so that output is written.</summary>
    public Task SaysAsync(RunRequest request, string text) => Eventually.HoldsAsync(
        $"the run said '{text}'",
        () =>
        {
            (Clock as FakeClock)?.Advance(OutputWriter.Interval);
            return Task.FromResult(Kept.Text(request.ExecutionId).Contains(text, StringComparison.Ordinal));
        },
        CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _listener.Dispose();
        Data.Dispose();
        Folder.Dispose();
    }
}
