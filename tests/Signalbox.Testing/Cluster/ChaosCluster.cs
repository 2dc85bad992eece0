using Signalbox.Testing.Clock;
using System.Globalization;
using System.Text.Json;
using Signalbox.Testing.Files;
using Signalbox.Testing.Services;

namespace Signalbox.Testing.Cluster;

/// <summary>Several servers on one PostgreSQL, each behind a proxy of its own, that are killed, stopped and cut off while their jobs are due every second.</summary>
public sealed class ChaosCluster : IAsyncDisposable
{
    private const int Stop = 19;
    private const int Continue = 18;
    private readonly ChaosOptions _options;
    private readonly Random _random;
    private readonly TemporaryFolder _folder = new();
    private readonly List<FlakyProxy> _proxies = [];
    private readonly List<SignalboxProcess> _servers = [];
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private PostgreSqlProcess _database = null!;
    private ClusterClient _client = null!;

    private ChaosCluster(ChaosOptions options)
    {
        _options = options;
        _random = new Random(options.Seed);
        Evidence = _folder.File("evidence");
    }

    /// <summary>The file into which the jobs write what they do.</summary>
    public string Evidence { get; }

    /// <summary>What was done to the cluster, and how often.</summary>
    public Dictionary<string, int> Faults { get; } = new(StringComparer.Ordinal);

    public static async Task<ChaosCluster> StartAsync(ChaosOptions options, CancellationToken cancellationToken)
    {
        var cluster = new ChaosCluster(options);
        try
        {
            cluster._database = await PostgreSqlProcess.StartAsync(cancellationToken);
            await File.WriteAllTextAsync(cluster.Evidence, string.Empty, cancellationToken);
            for (var index = 0; index < options.Servers; index++)
            {
                var proxy = new FlakyProxy(cluster._database.Port);
                cluster._proxies.Add(proxy);
                cluster._servers.Add(await SignalboxProcess.StartAsync(cancellationToken, dataFolder: cluster._folder.File(string.Create(CultureInfo.InvariantCulture, $"server{index}")), cluster.Flags(proxy)));
            }

            cluster._client = new ClusterClient(cluster._servers.Select(static server => server.Address), cluster._servers.Select(static server => Path.Combine(server.DataFolder, "admin-token")).Where(File.Exists).Select(File.ReadAllText).First().Trim());
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds the jobs, torments the servers, heals everything, disables the jobs and waits until nothing is left to do.</summary>
    public async Task<IReadOnlyList<ChaosOutcome>> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var job in ChaosJob.All)
        {
            var task = await _client.SendAsync(HttpMethod.Post, "api/v1/scheduler/tasks", job.ToRequest(Evidence), cancellationToken);
            _ids[job.Name] = task.GetProperty("id").GetString()!;
        }

        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < _options.Duration)
        {
            await Task.Delay(TimeSpan.FromSeconds(1 + (_random.NextDouble() * 2)), TimeProvider.System, cancellationToken);
            await TormentAsync(cancellationToken);
        }

        Tell("healed");
        await Task.Delay(_options.Lease * 2, TimeProvider.System, cancellationToken);
        foreach (var id in _ids.Values)
        {
            await _client.SendAsync(HttpMethod.Post, $"api/v1/scheduler/tasks/{id}/disable", body: null, cancellationToken);
        }

        var outcomes = new List<ChaosOutcome>();
        foreach (var job in ChaosJob.All)
        {
            outcomes.Add(await OutcomeAsync(job, cancellationToken));
        }

        return outcomes;
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        foreach (var server in _servers)
        {
            server.Process.Signal(Continue);
            await server.DisposeAsync();
        }

        foreach (var proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _folder.Dispose();
    }

    private string[] Flags(FlakyProxy proxy) =>
    [
        "--set", string.Create(CultureInfo.InvariantCulture, $"storage.control=postgres://postgres@127.0.0.1:{proxy.Port}/postgres"),
        "--set", string.Create(CultureInfo.InvariantCulture, $"jobs.lease={_options.Lease.TotalSeconds}s"),
        "--set", "jobs.late_after=2s",
        "--log-level", "warn",
    ];

    private async Task TormentAsync(CancellationToken cancellationToken)
    {
        var index = _random.Next(_servers.Count);
        var pause = _options.Lease * (1.2 + _random.NextDouble());
        switch (_random.Next(10))
        {
            case 0 or 1 or 2:
                Count("killed", index);
                _servers[index].Process.Kill();
                await _servers[index].Process.WaitForExitAsync(cancellationToken);
                await Task.Delay(pause / 2, TimeProvider.System, cancellationToken);
                _servers[index] = await _servers[index].StartAgainAsync(cancellationToken);
                break;
            case 3 or 4 or 5:
                Count("paused longer than the lease", index);
                _servers[index].Process.Signal(Stop);
                await Task.Delay(pause, TimeProvider.System, cancellationToken);
                _servers[index].Process.Signal(Continue);
                break;
            case 6:
                Count("database crashed", index);
                await _database.CrashAsync(cancellationToken);
                await Task.Delay(_options.Lease * _random.NextDouble(), TimeProvider.System, cancellationToken);
                await _database.StartAgainAsync(cancellationToken);
                break;
            case 7:
                Count("cut off from the database for longer than the lease", index);
                _proxies[index].Close();
                await Task.Delay(pause, TimeProvider.System, cancellationToken);
                _proxies[index].Open();
                break;
            default:
                Count("connections cut", index);
                _proxies[index].Cut();
                break;
        }
    }

    private async Task<ChaosOutcome> OutcomeAsync(ChaosJob job, CancellationToken cancellationToken)
    {
        var id = _ids[job.Name];
        var fires = await RestedAsync($"every fire of {job.Name} has an end", $"api/v1/scheduler/tasks/{id}/fires", static fire => fire.GetProperty("outcome").GetString() == "pending", cancellationToken);
        var executions = await RestedAsync($"every execution of {job.Name} has ended", $"api/v1/scheduler/executions?taskId={id}", static execution => execution.GetProperty("state").GetString() is "running" or "scheduled", cancellationToken);
        var periods = await _client.ListAsync($"api/v1/scheduler/tasks/{id}/schedules", cancellationToken);
        return new ChaosOutcome(job, periods, fires, executions);
    }

    private async Task<IReadOnlyList<JsonElement>> RestedAsync(string what, string path, Func<JsonElement, bool> isOpen, CancellationToken cancellationToken)
    {
        var seen = string.Empty;
        try
        {
            return await Eventually.GetsAsync(
                what,
                async () =>
                {
                    var all = await _client.ListAsync(path, cancellationToken);
                    var open = all.Where(isOpen).ToList();
                    seen = open.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"{open.Count} of {all.Count} are not, the first is {open[0]}") : string.Empty;
                    return open.Count > 0 ? null : all;
                },
                cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message} {seen}\n{string.Join('\n', _servers.Select(static server => server.Process.Output))}", exception);
        }
    }

    private void Count(string fault, int server)
    {
        Faults[fault] = Faults.GetValueOrDefault(fault) + 1;
        Tell(string.Create(CultureInfo.InvariantCulture, $"{fault} ({server})"));
    }

    private void Tell(string what) => _options.Progress?.Invoke(what);
}

/// <summary>What the cluster says of one job after everything has come to rest.</summary>
/// <param name="Periods">When its schedule was in force.</param>
public sealed record ChaosOutcome(ChaosJob Job, IReadOnlyList<JsonElement> Periods, IReadOnlyList<JsonElement> Fires, IReadOnlyList<JsonElement> Executions);
