using Microsoft.Extensions.Logging;
using Signalbox.Sdk.Alerts;
using Signalbox.Sdk.Operations;
using Signalbox.Sdk.Resources;

namespace Signalbox.Runner.App.Running;

/// <summary>Measures the runner's own steps – how long each takes, what it leaves on the heap, whether it succeeds – and warns of those that take too long, and of a disk that is nearly full.</summary>
/// <remarks>Nothing of it is loaded before the command has started. Thread-safe.</remarks>
internal sealed class OwnSteps
{
    public const string WorkTreeBefore = "worktree.before";
    public const string WorkTreeCompare = "worktree.compare";
    public const string PolicyDecide = "policy.decide";
    public const string ReportMake = "report.make";
    public const string MetricsPublish = "metrics.publish";
    public const string AuditSend = "audit.send";
    public const string RunUpload = "run.upload";

    /// <summary>A percentage that nothing reaches: memory and processors are watched by a monitor of their own.</summary>
    private const double Never = 101;

    private static readonly Dictionary<string, TimeSpan> Thresholds = new(StringComparer.Ordinal)
    {
        [WorkTreeBefore] = TimeSpan.FromSeconds(5),
        [WorkTreeCompare] = TimeSpan.FromSeconds(10),
        [ReportMake] = TimeSpan.FromSeconds(5),
        [AuditSend] = TimeSpan.FromSeconds(5),
        [RunUpload] = TimeSpan.FromSeconds(5),
    };

    private readonly OperationMonitor _operations;
    private readonly AlertHub _alerts;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;

    /// <param name="warn">Takes the code and the text of a warning: <c>performance_warning</c> or <c>resource_warning</c>, each about one step or disk at most once in five minutes.</param>
    public OwnSteps(TimeProvider clock, ILogger logger, Action<string, string> warn)
    {
        (_clock, _logger) = (clock, logger);
        _alerts = new AlertHub(new AlertHubOptions { Logger = logger, HistoryLength = 0 });
        _alerts.Register("*", (alert, _) =>
        {
            warn(alert.Type, alert.Message);
            return Task.CompletedTask;
        });
        _operations = new OperationMonitor(new OperationMonitorOptions { Thresholds = Thresholds, Alerts = _alerts, OnRecord = Log, Clock = clock });
    }

    public Task<T> MeasureAsync<T>(string step, Func<Task<T>> work) => _operations.MonitorOperation(step, work);

    public Task MeasureAsync(string step, Func<Task> work) => _operations.MonitorOperation(step, work);

    /// <summary>Takes a step that was measured before the command started.</summary>
    public Task TakeAsync(OperationRecord measured) => _operations.RecordAsync(measured);

    /// <summary>Looks once at the machine and at the disk that a folder lies on.</summary>
    public async Task LookAtMachineAsync(string folder)
    {
        using var system = new SystemMonitor(new SystemMonitorOptions { Disks = [folder], CpuPercent = Never, MemoryPercent = Never, Alerts = _alerts, Clock = _clock });
        try
        {
            var metrics = await system.RunOnceAsync(CancellationToken.None);
            var (load, memory, disk) = (metrics.Cpu.LoadAverage, metrics.Memory, metrics.Disks is [var first, ..] ? first : null);
            _logger.MachineSeen(load?.OneMinute, load?.FiveMinutes, load?.FifteenMinutes, memory.Used, memory.Total, memory.External, memory.Rss, disk?.Free, disk?.UsedPercent);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // A machine that does not let itself be looked at, as some containers, takes nothing from the run.
            _logger.MachineNotSeen(exception.Message);
        }
    }

    private void Log(OperationRecord record) =>
        _logger.StepMeasured(record.Name, Math.Round(record.Duration.TotalSeconds, 3), record.MemoryDelta, record.Succeeded ? "success" : "error");
}
