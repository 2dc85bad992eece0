using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.App.Running;

/// <summary>What a run's log says of the run itself.</summary>
internal static partial class SessionLog
{
    [LoggerMessage(400, LogLevel.Information, "The run begins on {Platform} for {Actor} in {Folder}, agent {Agent}: {Command}")]
    public static partial void RunBegins(this ILogger logger, string platform, string actor, string folder, string agent, string command);

    [LoggerMessage(401, LogLevel.Information, "The run ended with {ExitCode} ({Reason}) after {Seconds} s: {Detail}")]
    public static partial void RunEnded(this ILogger logger, int exitCode, string reason, double seconds, string detail);

    [LoggerMessage(402, LogLevel.Information, "{Text}")]
    public static partial void Told(this ILogger logger, string text);

    [LoggerMessage(403, LogLevel.Warning, "{Code}: {Text}")]
    public static partial void Warned(this ILogger logger, string code, string text);

    [LoggerMessage(404, LogLevel.Warning, "{File} could not be written: {Reason}")]
    public static partial void FileNotWritten(this ILogger logger, string file, string reason);

    [LoggerMessage(405, LogLevel.Information, "{Count} folders of old runs were removed.")]
    public static partial void Pruned(this ILogger logger, int count);

    [LoggerMessage(406, LogLevel.Warning, "Folders of old runs could not be removed: {Reason}")]
    public static partial void NotPruned(this ILogger logger, string reason);

    [LoggerMessage(407, LogLevel.Warning, "Not all of {What} could be told: {Reason}")]
    public static partial void NotTold(this ILogger logger, string what, string reason);

    [LoggerMessage(408, LogLevel.Error, "The command was not started: {Reason}")]
    public static partial void NotStarted(this ILogger logger, string reason);

    [LoggerMessage(409, LogLevel.Debug, "The step {Operation} took {DurationSeconds} s: {Outcome}; the heap holds {MemoryDeltaBytes} bytes more.")]
    public static partial void StepMeasured(this ILogger logger, string operation, double durationSeconds, long memoryDeltaBytes, string outcome);

    [LoggerMessage(410, LogLevel.Debug, "The machine: load {Load1} {Load5} {Load15}; this process: {MemoryUsed} bytes of {MemoryTotal} on the heap, {MemoryExternal} beyond it, {MemoryRss} resident; disk: {DiskFree} bytes free, {DiskPercent} % used")]
    public static partial void MachineSeen(
        this ILogger logger, double? load1, double? load5, double? load15, long memoryUsed, long memoryTotal, long memoryExternal, long memoryRss, long? diskFree, double? diskPercent);

    [LoggerMessage(411, LogLevel.Debug, "The machine could not be looked at: {Reason}")]
    public static partial void MachineNotSeen(this ILogger logger, string reason);

    /// <summary>Writes what the runner did or saw at the level that it deserves.</summary>
    [StackTraceHidden]
    public static void Log(this ILogger logger, RunnerEvent told)
    {
        switch (told.Kind)
        {
            case RunnerEventKind.Started or RunnerEventKind.SignalPassedOn:
                logger.Told(told.Text);
                break;
            case RunnerEventKind.Warning or RunnerEventKind.Killed or RunnerEventKind.Stopping or RunnerEventKind.StragglersEnded or RunnerEventKind.LeakSuspected:
                logger.Warned(told.Values.GetValueOrDefault("code") ?? told.Values.GetValueOrDefault("reason") ?? told.Kind.ToString(), told.Text);
                break;
        }
    }
}
