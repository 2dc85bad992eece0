using System.Globalization;
using Signalbox.Sdk.Alerts;

namespace Signalbox.Sdk.Resources;

/// <summary>Collects what process and machine use – processors, load, memory, disks – and warns when it is too much.</summary>
/// <remarks>
/// Beyond a threshold the alert <c>resource_warning</c> is raised, about <c>cpu</c>, <c>memory</c> or <c>disk:PATH</c>. One collection at a time; <see cref="Last"/> may be read by any thread.
/// </remarks>
public sealed class SystemMonitor : IDisposable
{
    /// <summary>Type of the alert that a resource beyond its threshold raises.</summary>
    public const string ResourceWarning = "resource_warning";

    private readonly SystemMonitorOptions _options;
    private readonly ISystemSource _source;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CpuMeter _cpu;
    private SystemMetrics? _last;

    /// <exception cref="ArgumentOutOfRangeException">The interval is out of range.</exception>
    public SystemMonitor(SystemMonitorOptions? options = null)
        : this(options ?? new SystemMonitorOptions(), new SystemSource())
    {
    }

    internal SystemMonitor(SystemMonitorOptions options, ISystemSource source)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Interval, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Interval, TimeSpan.FromHours(1));
        _options = options;
        _source = source;
        _cpu = new CpuMeter(source, options.Clock);
    }

    /// <summary>The newest collection; null before the first.</summary>
    public SystemMetrics? Last => Volatile.Read(ref _last);

    /// <summary>Collects again and again until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await RunOnceAsync(cancellationToken);
                await Task.Delay(_options.Interval, _options.Clock, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody wants to know any more.
        }
    }

    /// <summary>Collects once, and warns of what is beyond its threshold.</summary>
    public async Task<SystemMetrics> RunOnceAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var metrics = new SystemMetrics(_options.Clock.GetUtcNow(), _cpu.Read(), _source.ReadMemory(), [.. _options.Disks.Select(_source.ReadDisk).OfType<DiskMetrics>()]);
            Volatile.Write(ref _last, metrics);
            _options.OnCollected?.Invoke(metrics);
            foreach (var alert in AlertsOf(metrics))
            {
                await (_options.Alerts?.TriggerAsync(alert, cancellationToken) ?? Task.CompletedTask);
            }

            return metrics;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private IEnumerable<Alert> AlertsOf(SystemMetrics metrics)
    {
        var cpu = metrics.Cpu.SystemPercent ?? metrics.Cpu.ProcessPercent;
        if (cpu > _options.CpuPercent)
        {
            yield return Warning("cpu", "The processors", cpu, _options.CpuPercent, metrics.At);
        }

        if (metrics.Memory.Percent > _options.MemoryPercent)
        {
            yield return Warning("memory", "Memory", metrics.Memory.Percent, _options.MemoryPercent, metrics.At);
        }

        foreach (var disk in metrics.Disks.Where(disk => disk.UsedPercent > _options.DiskPercent))
        {
            yield return Warning($"disk:{disk.Path}", $"The disk of {disk.Path}", disk.UsedPercent, _options.DiskPercent, metrics.At);
        }
    }

    private static Alert Warning(string subject, string what, double percent, double threshold, DateTimeOffset at) => new(
        ResourceWarning,
        subject,
        string.Create(CultureInfo.InvariantCulture, $"{what}: {percent:0.#} % in use; the threshold is {threshold:0.#} %."),
        at,
        new Dictionary<string, double>(StringComparer.Ordinal) { ["percent"] = percent, ["threshold_percent"] = threshold });
}
