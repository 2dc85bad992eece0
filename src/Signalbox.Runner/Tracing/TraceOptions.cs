using Signalbox.Settings;

namespace Signalbox.Runner.Tracing;

/// <summary>How a run's spans are written.</summary>
internal sealed record TraceOptions
{
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
}
