using System.Collections.Concurrent;
using Signalbox.Sdk.Alerts;

namespace Signalbox.Sdk.Operations;

/// <summary>Measures operations of an application: how long they took, what they left on the heap, whether they succeeded, and whether they were slower than they may be.</summary>
/// <remarks>
/// The result and the exception of the work pass through unchanged. Each run is counted on the meter <c>Signalbox.Operations</c>:
/// <c>signalbox.operation.duration</c> (s) and <c>signalbox.operation.memory_delta</c> (By), by <c>operation</c> and <c>outcome</c> (<c>success</c> or <c>error</c>).
/// A run beyond its threshold raises the alert <c>performance_warning</c> about its operation. Thread-safe.
/// </remarks>
/// <example><code>
/// var monitor = new OperationMonitor(new OperationMonitorOptions { Alerts = alerts });
/// var invoice = await monitor.MonitorOperation("invoice.render", () => RenderAsync(order));
/// </code></example>
public sealed class OperationMonitor
{
    /// <summary>Type of the alert that a slow operation raises.</summary>
    public const string PerformanceWarning = "performance_warning";

    private readonly OperationMonitorOptions _options;
    private readonly ConcurrentDictionary<string, byte> _names = new(StringComparer.Ordinal);
    private long _warnings;

    /// <exception cref="ArgumentOutOfRangeException">A threshold is negative, or <see cref="OperationMonitorOptions.MaxNames"/> below 1.</exception>
    public OperationMonitor(OperationMonitorOptions? options = null)
    {
        _options = options ?? new OperationMonitorOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxNames, 1);
        foreach (var threshold in _options.Thresholds.Values.Append(_options.DefaultThreshold).Where(static value => value != Timeout.InfiniteTimeSpan))
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(threshold, TimeSpan.Zero);
        }
    }

    /// <summary>Runs that took longer than their threshold, also those whose alert was a repetition.</summary>
    public long Warnings => Interlocked.Read(ref _warnings);

    /// <summary>Runs <paramref name="work"/> and measures it.</summary>
    /// <param name="name">One of few names, such as <c>invoice.render</c>; never one with an id in it.</param>
    public async Task<T> MonitorOperation<T>(string name, Func<Task<T>> work)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(work);
        var run = Begin(name);
        try
        {
            var result = await work();
            await EndAsync(run, null);
            return result;
        }
        catch (Exception exception) when (!run.Ended)
        {
            await EndAsync(run, exception);
            throw;
        }
    }

    /// <summary>As <see cref="MonitorOperation{T}(string, Func{Task{T}})"/>, for work without a result.</summary>
    public async Task MonitorOperation(string name, Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        await MonitorOperation(name, async () =>
        {
            await work();
            return true;
        });
    }

    /// <summary>Takes a run that was measured elsewhere, as where this class is not to be loaded yet.</summary>
    public async Task RecordAsync(OperationRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        OperationMeter.Recorded(Label(record.Name), record);
        Tell(record);
        if (_options.Thresholds.GetValueOrDefault(record.Name, _options.DefaultThreshold) is var threshold && threshold != Timeout.InfiniteTimeSpan && record.Duration > threshold)
        {
            Interlocked.Increment(ref _warnings);
            OperationMeter.Slow(Label(record.Name));
            await (_options.Alerts?.TriggerAsync(Warning(record, threshold)) ?? Task.CompletedTask);
        }
    }

    private Run Begin(string name) => new(name, _options.Clock.GetUtcNow(), _options.Clock.GetTimestamp(), GC.GetTotalMemory(forceFullCollection: false));

    private Task EndAsync(Run run, Exception? error)
    {
        run.Ended = true;
        return RecordAsync(new OperationRecord(run.Name, run.StartedAt, _options.Clock.GetElapsedTime(run.Timestamp), GC.GetTotalMemory(forceFullCollection: false) - run.Memory, error));
    }

    private void Tell(OperationRecord record)
    {
        try
        {
            _options.OnRecord?.Invoke(record);
        }
        catch (Exception)
        {
            // The application's own observer: it must not turn the operation's success into a failure.
            OperationMeter.ObserverFailed();
        }
    }

    private static Alert Warning(OperationRecord record, TimeSpan threshold) => new(
        PerformanceWarning,
        record.Name,
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{record.Name} took {record.Duration.TotalSeconds:0.###} s; its threshold is {threshold.TotalSeconds:0.###} s."),
        record.StartedAt + record.Duration,
        new Dictionary<string, double>(StringComparer.Ordinal) { ["duration_seconds"] = record.Duration.TotalSeconds, ["threshold_seconds"] = threshold.TotalSeconds });

    private string Label(string name) => _names.ContainsKey(name) || (_names.Count < _options.MaxNames && _names.TryAdd(name, 0)) ? name : "other";

    /// <summary>A run that has begun.</summary>
    private sealed class Run(string name, DateTimeOffset startedAt, long timestamp, long memory)
    {
        public string Name => name;

        public DateTimeOffset StartedAt => startedAt;

        public long Timestamp => timestamp;

        public long Memory => memory;

        public bool Ended { get; set; }
    }
}
