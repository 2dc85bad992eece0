using Microsoft.Extensions.Logging;
using Signalbox.Runner.Metrics;

namespace Signalbox.Runner.Receiving;

/// <summary>Log lines about the agent's own telemetry.</summary>
internal static partial class ReceivingLog
{
    [LoggerMessage(EventId = 380, Level = LogLevel.Debug, Message = "The agent's telemetry is taken on 127.0.0.1:{Port}")]
    public static partial void Receiving(this ILogger logger, int port);

    [LoggerMessage(EventId = 381, Level = LogLevel.Information, Message = "{Host} does not take the agent's {Signal}, which are kept and not forwarded: {Detail}")]
    public static partial void SignalNotTaken(this ILogger logger, OtlpSignal signal, string host, string detail);

    [LoggerMessage(EventId = 382, Level = LogLevel.Warning, Message = "The agent's telemetry cannot be kept any more: {Reason}")]
    public static partial void NotKept(this ILogger logger, string reason);

    [LoggerMessage(EventId = 383, Level = LogLevel.Warning, Message = "The agent's telemetry cannot be taken: {Reason}")]
    public static partial void NotReceiving(this ILogger logger, string reason);
}
