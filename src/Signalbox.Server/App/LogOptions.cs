using Signalbox.Settings;

namespace Signalbox.Server.App;

/// <summary>What the server logs, and in which form.</summary>
/// <param name="Format"><c>auto</c> is text on a terminal and JSON elsewhere.</param>
internal sealed record LogOptions(LogLevel Level, string Format)
{
    public static LogOptions Read(SettingsReader settings) => new(
        settings.Choice("log.level", "info", "Least severe level that is logged.", "debug", "info", "warn", "error") switch
        {
            "debug" => LogLevel.Debug,
            "warn" => LogLevel.Warning,
            "error" => LogLevel.Error,
            _ => LogLevel.Information,
        },
        settings.Choice("log.format", "auto", "Form of log lines: auto is text on a terminal and json elsewhere.", "auto", "json", "text"));
}
