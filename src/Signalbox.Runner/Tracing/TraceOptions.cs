using Signalbox.Runner.Facts;
using Signalbox.Settings;

namespace Signalbox.Runner.Tracing;

/// <summary>How a run's spans are written.</summary>
internal sealed record TraceOptions
{
    /// <summary>Name of its part of <see cref="RunStart.Settings"/>, which is the version itself: a replay writes what the run wrote.</summary>
    public const string SettingsName = "trace";

    /// <summary>Version of the name map; one of <see cref="TraceNames.Versions"/>.</summary>
    public string Names { get; init; } = TraceNames.Default.Version;

    public static TraceOptions Read(SettingsReader settings) => new()
    {
        Names = settings.Choice(
            "trace.names",
            TraceNames.Default.Version,
            "Which version of OpenTelemetry's names the spans bear: they still change, and boards must not change with them.",
            [.. TraceNames.Versions]),
    };

    /// <summary>The version that a run was started with.</summary>
    public static string NamesOf(RunStart start) => start.Settings.GetValueOrDefault(SettingsName) ?? TraceNames.Default.Version;
}
