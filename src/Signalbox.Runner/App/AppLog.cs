using Microsoft.Extensions.Logging;

namespace Signalbox.Runner.App;

/// <summary>What the program says of its own use.</summary>
internal static partial class AppLog
{
    [LoggerMessage(150, LogLevel.Error, "There is nothing to be run: write cicd-runner run -- and then the command, or --help to see what else there is.")]
    public static partial void NothingToRun(this ILogger logger);

    [LoggerMessage(151, LogLevel.Error, "{Message}")]
    public static partial void Wrong(this ILogger logger, string message);
}
