namespace Signalbox.Server.Platform.Control;

/// <summary>What the control database's watch logs.</summary>
internal static partial class ControlLog
{
    [LoggerMessage(1, LogLevel.Error, "The control database cannot be reached; this instance is not ready until it can")]
    public static partial void ControlUnreachable(this ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "The control database can be reached again")]
    public static partial void ControlReachable(this ILogger logger);
}
