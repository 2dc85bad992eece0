using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Signalbox.Sdk.Logging;

/// <summary>One entry on its way to a line.</summary>
/// <param name="Caller">File and line, for instance <c>src/App/Start.cs:42</c>.</param>
/// <param name="Fields">The entry's own values and those of its scopes; a later one of the same name wins.</param>
internal readonly record struct LogEntry(
    DateTimeOffset Time,
    LogLevel Level,
    string Component,
    string Caller,
    string Message,
    Activity? Activity,
    IReadOnlyList<KeyValuePair<string, object?>> Fields,
    Exception? Exception)
{
    /// <summary>The level's name on a line.</summary>
    public string LevelName => Level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "fatal",
    };
}
