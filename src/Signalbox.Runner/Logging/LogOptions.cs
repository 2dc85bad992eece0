using Microsoft.Extensions.Logging;
using Signalbox.Settings;

namespace Signalbox.Runner.Logging;

/// <summary>How the runner's own log looks on stderr and how much it holds.</summary>
internal sealed record LogOptions
{
    /// <summary><c>auto</c>, <c>json</c> or <c>text</c>.</summary>
    public required string Format { get; init; }

    public required LogLevel Level { get; init; }

    public static LogOptions Read(SettingsReader settings) => new()
    {
        Format = settings.Choice("log.format", "auto", "Form of the log on stderr; auto is text on a terminal and json elsewhere. The copy in the run's folder is always JSON.", "auto", "json", "text"),
        Level = settings.Choice("log.level", "info", "Least serious entry that is logged.", "debug", "info", "warn", "error") switch
        {
            "debug" => LogLevel.Debug,
            "warn" => LogLevel.Warning,
            "error" => LogLevel.Error,
            _ => LogLevel.Information,
        },
    };
}
