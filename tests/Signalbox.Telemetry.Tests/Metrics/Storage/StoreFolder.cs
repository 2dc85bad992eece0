using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Storage;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;

namespace Signalbox.Telemetry.Tests.Metrics.Storage;

/// <summary>A folder with an embedded store that a test opens, closes and looks into.</summary>
internal sealed class StoreFolder : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestMeters _meters = new();

    public StoreFolder() => Options = new EmbeddedMetricStoreOptions
    {
        Folder = _folder.Path,
        MaintenanceInterval = Timeout.InfiniteTimeSpan,
        LogSync = LogSyncPolicy.Never,
    };

    public static TenantId Tenant { get; } = new("acme");

    public string Path => _folder.Path;

    public TestMeters Meters => _meters;

    public FakeClock Clock { get; } = new();

    public FakeFreeSpace Free { get; } = new();

    public EmbeddedMetricStoreOptions Options { get; set; }

    public EmbeddedMetricStore Store { get; private set; } = null!;

    public long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public IReadOnlyList<string> LogFiles => [.. Directory.GetFiles(System.IO.Path.Combine(Path, "log")).Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> DayFiles => [.. Directory.GetFiles(Path, "metrics-*.db").Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal)!];

    public async Task<EmbeddedMetricStore> OpenAsync()
    {
        Store = await EmbeddedMetricStore.OpenAsync(Options, new StoreEnvironment(Clock, _meters, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, Free), CancellationToken.None);
        return Store;
    }

    public async Task<EmbeddedMetricStore> ReopenAsync()
    {
        await Store.DisposeAsync();
        return await OpenAsync();
    }

    public Task RunOnceAsync() => Store.RunOnceAsync(CancellationToken.None);

    public Task<AppendOutcome> AppendAsync(Labels labels, params (long Time, double Value)[] samples) => Store.AppendAsync(Tenant, labels, samples);

    public Task<List<(long Time, double Value)>> ReadAsync(Labels labels) => Store.ReadAsync(Tenant, labels);

    public async ValueTask DisposeAsync()
    {
        if (Store is not null)
        {
            await Store.DisposeAsync();
        }

        _meters.Dispose();
        _folder.Dispose();
    }
}
