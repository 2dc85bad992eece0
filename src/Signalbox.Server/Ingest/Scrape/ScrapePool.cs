using System.Globalization;
using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Scrape.Configuration;
using Signalbox.Server.Ingest.Scrape.Discovery;

namespace Signalbox.Server.Ingest.Scrape;

/// <summary>Keeps one loop for each target of one configuration, and starts and ends loops as targets come and go.</summary>
/// <remarks><c>SyncAsync</c> and <c>StopAsync</c> are called by one caller at a time; the lists may be read meanwhile.</remarks>
internal sealed class ScrapePool(ScrapeConfig config, ScrapeEnvironment environment) : IDisposable
{
    /// <summary>Dropped targets are for people to look at; more would help nobody.</summary>
    private const int MaxDropped = 1000;

    private readonly ScrapeClient _client = new(config);
    private readonly TargetBuilder _builder = new(config);
    private readonly FileDiscovery _files = new(config, environment.Logger);
    private readonly Dictionary<object, RunningLoop> _running = [];
    private IReadOnlyList<ScrapeLoop> _loops = [];
    private IReadOnlyList<Labels> _dropped = [];
    private IReadOnlyList<TargetGroup>? _fileGroups;

    public ScrapeConfig Config => config;

    public IReadOnlyList<ScrapeLoop> Loops => Volatile.Read(ref _loops);

    public IReadOnlyList<Labels> Dropped => Volatile.Read(ref _dropped);

    /// <summary>Looks at the target files; starts and ends loops when anything changed, and always the first time.</summary>
    /// <param name="room">Most targets that this pool may have.</param>
    /// <returns>Targets that found no room, when targets were counted anew; otherwise null.</returns>
    public async Task<int?> SyncAsync(int room, CancellationToken cancellationToken)
    {
        var first = _fileGroups is null;
        if (_files.Poll() is { } groups)
        {
            _fileGroups = groups;
        }
        else if (!first)
        {
            return null;
        }

        _fileGroups ??= [];
        var verdicts = config.StaticGroups.Concat(_fileGroups).SelectMany(_builder.Build).ToList();
        foreach (var wrong in verdicts.Where(static verdict => verdict.Error is not null))
        {
            IngestLog.TargetUnusable(environment.Logger, config.JobName, wrong.Error!);
        }

        var targets = verdicts.Select(static verdict => verdict.Target).OfType<Target>().DistinctBy(static target => target.Identity).ToList();
        Volatile.Write(ref _dropped, [.. verdicts.Where(static verdict => verdict.Target is null).Select(static verdict => verdict.Discovered).Take(MaxDropped)]);
        await ReplaceAsync([.. targets.Take(room)], cancellationToken);
        return Math.Max(targets.Count - room, 0);
    }

    /// <summary>Ends all loops, without stale markers: the targets are not gone, only nobody looks.</summary>
    public async Task StopAsync()
    {
        foreach (var loop in _running.Values)
        {
            await loop.StopAsync();
            loop.Loop.Dispose();
        }

        _running.Clear();
    }

    public void Dispose() => _client.Dispose();

    private async Task ReplaceAsync(IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        var wanted = targets.ToDictionary(static target => (object)target.Identity);
        foreach (var identity in _running.Keys.Where(identity => !wanted.ContainsKey(identity)).ToList())
        {
            _running.Remove(identity, out var gone);
            await gone!.StopAsync();
            await gone.Loop.EndAsync(cancellationToken);
            gone.Loop.Dispose();
        }

        var error = config.Limits.Targets > 0 && targets.Count > config.Limits.Targets
            ? string.Create(CultureInfo.InvariantCulture, $"The job has {targets.Count} targets, more than target_limit = {config.Limits.Targets}.")
            : null;
        foreach (var target in targets)
        {
            if (!_running.TryGetValue(target.Identity, out var running))
            {
                running = RunningLoop.Start(new ScrapeLoop(config, target, _client, environment) { ForcedError = error });
                _running.Add(target.Identity, running);
            }

            running.Loop.ForcedError = error;
        }

        Volatile.Write(ref _loops, [.. _running.Values.Select(static running => running.Loop)]);
    }

    private sealed class RunningLoop(ScrapeLoop loop, Task task, CancellationTokenSource stop)
    {
        public ScrapeLoop Loop => loop;

        public static RunningLoop Start(ScrapeLoop loop)
        {
            var stop = new CancellationTokenSource();
            return new RunningLoop(loop, Task.Run(() => loop.RunAsync(stop.Token)), stop);
        }

        public async Task StopAsync()
        {
            await stop.CancelAsync();
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            stop.Dispose();
        }
    }
}
