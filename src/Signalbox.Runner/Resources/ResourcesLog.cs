using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Resources;

/// <summary>What the monitor logs.</summary>
internal static partial class ResourcesLog
{
    private static readonly EventId Sampled = new(100, nameof(Sampled));

    /// <summary>The line of every sample at the usual interval: a warning while memory is high.</summary>
    [StackTraceHidden]
    public static void Monitor(this ILogger logger, ResourceSample sample, bool isHigh)
    {
        var level = isHigh ? LogLevel.Warning : LogLevel.Information;
        if (logger.IsEnabled(level))
        {
            logger.Log(level, Sampled, new ResourceLine(sample), exception: null, static (_, _) => "resource_monitor");
        }
    }

    [LoggerMessage(102, LogLevel.Warning, "Memory high: {MemoryPercent} % of the limit ({MemoryBytes} of {LimitBytes} bytes)")]
    public static partial void MemoryHigh(this ILogger logger, double memoryPercent, long memoryBytes, long limitBytes);

    [LoggerMessage(103, LogLevel.Warning, "Triggered a collection of the runner's own garbage because memory is high: its heap had {BeforeAlloc} bytes and has {AfterAlloc}. The command's processes do not become smaller by it")]
    public static partial void Collected(this ILogger logger, long beforeAlloc, long afterAlloc);

    [LoggerMessage(104, LogLevel.Warning, "Memory is at {MemoryPercent} % of the limit: nothing new may begin")]
    public static partial void Refusing(this ILogger logger, double memoryPercent);

    [LoggerMessage(105, LogLevel.Error, "Memory limit exceeded: {MemoryBytes} of {LimitBytes} bytes")]
    public static partial void LimitExceeded(this ILogger logger, long memoryBytes, long limitBytes);

    [LoggerMessage(106, LogLevel.Information, "Memory is at {MemoryPercent} % of the limit again")]
    public static partial void Eased(this ILogger logger, double memoryPercent);

    [LoggerMessage(107, LogLevel.Warning, "{Text}")]
    public static partial void Suspected(this ILogger logger, string text);

    [LoggerMessage(108, LogLevel.Error, "Resources could not be measured; the next sample tries again")]
    public static partial void NotMeasured(this ILogger logger, Exception exception);
}
