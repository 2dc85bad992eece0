namespace Signalbox.Server.App;

/// <summary>What the program logs of its own coming and going.</summary>
internal static partial class AppLog
{
    [LoggerMessage(100, LogLevel.Information, "Signalbox {Version} started on {Addresses} with its data in {DataFolder}")]
    public static partial void Started(ILogger logger, string version, string dataFolder, string addresses);

    [LoggerMessage(101, LogLevel.Information, "Stopping: no new requests, stores are being flushed")]
    public static partial void Stopping(ILogger logger);

    [LoggerMessage(102, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger logger);
}
