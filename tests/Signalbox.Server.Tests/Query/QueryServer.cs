using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Signalbox.PromQL.Model;
using Signalbox.Server.Identity.Tenants;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Telemetry;
using Signalbox.Server.Tests.Identity;
using Signalbox.Telemetry;
using Signalbox.Telemetry.Metrics;
using Signalbox.Testing.Server;

namespace Signalbox.Server.Tests.Query;

/// <summary>The real server over a store in memory, with two tenants in it.</summary>
internal sealed class QueryServer : IAsyncDisposable
{
    public static readonly TenantId Ours = new("ours");
    public static readonly TenantId Theirs = new("theirs");

    private readonly TestServer _server;
    private readonly ListLogger _log;

    private QueryServer(TestServer server, MemoryMetricStore store, ListLogger log)
    {
        _server = server;
        _log = log;
        Store = store;
    }

    public MemoryMetricStore Store { get; }

    public IServiceProvider Services => _server.Services;

    public IEnumerable<string> LogLines => _log.Lines;

    /// <param name="settings">Keys below <c>query.</c> and their values.</param>
    public static Task<QueryServer> StartAsync(CancellationToken cancellationToken, params (string Key, string Value)[] settings) =>
        StartAsync(inMemory: true, cancellationToken, settings);

    /// <summary>Starts it over the store that users get; <see cref="Store"/> is then nobody's.</summary>
    public static Task<QueryServer> StartOnDiskAsync(CancellationToken cancellationToken) => StartAsync(inMemory: false, cancellationToken);

    private static async Task<QueryServer> StartAsync(bool inMemory, CancellationToken cancellationToken, params (string Key, string Value)[] settings)
    {
        var store = new MemoryMetricStore();
        var log = new ListLogger();
        Fill(store);
        var setup = new TestServerSetup
        {
            Settings = settings.ToDictionary(static pair => $"query.{pair.Key}", static pair => pair.Value, StringComparer.Ordinal),
            Adjust = builder =>
            {
                if (inMemory)
                {
                    builder.Services.RemoveAll<IMetricStore>();
                    builder.Services.AddSingleton<IMetricStore>(store);
                }

                builder.Services.RemoveAll<ITargetList>();
                builder.Services.AddSingleton<ITargetList, FixedTargets>();
                builder.Logging.AddProvider(log);
            },
        };
        var server = new QueryServer(await TestServer.StartAsync(cancellationToken, setup), store, log);
        await server.AddTenantAsync(Ours);
        await server.AddTenantAsync(Theirs);
        return server;
    }

    public Uri Address => new(_server.Address, "prometheus/");

    /// <summary>A token of the tenant that may read metrics and nothing else.</summary>
    public Task<string> TokenAsync(TenantId tenant) => TokenAsync(tenant, "viewer", "metrics:read");

    public async Task<string> TokenAsync(TenantId tenant, string role, string scope)
    {
        using var admin = _server.Client(_server.AdminToken);
        admin.DefaultRequestHeaders.Add("X-Scope-OrgID", tenant.Value);
        var created = await admin.JsonAsync(HttpMethod.Post, "/api/v1/tokens", $$"""{"name":"reader","role":"{{role}}","scopes":["{{scope}}"]}""", System.Net.HttpStatusCode.Created);
        return (string)created["secret"]!;
    }

    /// <summary>A client of one tenant with a token of its own.</summary>
    public async Task<HttpClient> ClientAsync(TenantId? tenant = null) => Client(await TokenAsync(tenant ?? Ours));

    /// <summary>A client that may send metrics and nothing else.</summary>
    public async Task<HttpClient> SenderAsync(TenantId? tenant = null) => Client(await TokenAsync(tenant ?? Ours, "operator", "metrics:write"));

    private HttpClient Client(string token)
    {
        var client = _server.Client(token);
        client.BaseAddress = new Uri(Address, "api/v1/");
        return client;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static void Fill(MemoryMetricStore store)
    {
        for (var instance = 0; instance < 3; instance++)
        {
            var labels = Labels.From(("__name__", "requests_total"), ("instance", $"host-{instance}"), ("job", "api"));
            store.Add(Ours, labels, [.. Enumerable.Range(0, 41).Select(step => (step * 15_000L, (double)(step * (instance + 1))))]);
        }

        store.Add(Ours, Labels.From(("__name__", "temperature"), ("room", "größe \"1\"\\")), (0, 0.1), (60_000, double.NaN), (120_000, double.PositiveInfinity), (180_000, 1e-7));
        store.Add(Ours, Labels.From(("__name__", "http.requests"), ("http.status", "200")), (0, 1), (60_000, 2));
        store.Add(Theirs, Labels.From(("__name__", "secret"), ("owner", "them")), (0, 42), (60_000, 43));
        store.Metadata.Add(new MetricMetadata("requests", MetricType.Counter, "Requests, all.", string.Empty));
        store.Metadata.Add(new MetricMetadata("temperature", MetricType.Gauge, "Heat in \"rooms\".", "celsius"));
        store.Metadata.Add(new MetricMetadata("temperature", MetricType.Unknown, "Another help.", string.Empty));
    }

    private async Task AddTenantAsync(TenantId tenant)
    {
        var row = new TenantRow { Name = tenant.Value, DisplayName = tenant.Value, CreatedAtMs = 0 };
        await Services.GetRequiredService<ControlDatabase>().WriteAsync(session => TenantStore.InsertAsync(session, row), CancellationToken.None);
        Services.GetRequiredService<TenantDirectory>().Add(row);
    }

    private sealed class FixedTargets : ITargetList
    {
        private readonly ScrapeTarget _up = new()
        {
            Pool = "api",
            Url = new Uri("http://host-1:9100/metrics"),
            Discovered = Labels.From(("__address__", "host-1:9100"), ("__scheme__", "http"), ("job", "api")),
            Labels = Labels.From(("instance", "host-1:9100"), ("job", "api")),
            Health = TargetHealth.Up,
            LastError = string.Empty,
            LastScrape = DateTimeOffset.FromUnixTimeMilliseconds(1_435_781_430_781),
            LastDuration = TimeSpan.FromMilliseconds(12.5),
            Interval = TimeSpan.FromSeconds(15),
            Timeout = TimeSpan.FromSeconds(10),
        };

        public IReadOnlyList<ScrapeTarget> Active(TenantId tenant) => tenant == Ours
            ? [_up with { Pool = "worker", Health = TargetHealth.Down, LastError = "connection refused" }, _up, _up with { Health = TargetHealth.Unknown, LastScrape = null, LastDuration = TimeSpan.Zero }]
            : [];

        public IReadOnlyList<DroppedTarget> Dropped(TenantId tenant) => tenant == Ours ? [new DroppedTarget("api", Labels.From(("__address__", "host-2:9100")))] : [];
    }

    private sealed class ListLogger : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
