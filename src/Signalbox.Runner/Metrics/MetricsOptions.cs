using Signalbox.Runner.Receiving;
using Signalbox.Settings;

namespace Signalbox.Runner.Metrics;

/// <summary>Where a run's metrics go, beside the file in its folder.</summary>
internal sealed record MetricsOptions
{
    /// <summary>A further file, as node_exporter's textfile collector reads it; null for none.</summary>
    public string? File { get; init; }

    public PushgatewayOptions? Pushgateway { get; init; }

    public OtlpOptions? Otlp { get; init; }

    /// <summary>Whether the agent's own telemetry is taken on loopback; not where its environment sends it in a way that could not be forwarded.</summary>
    public bool Receive { get; init; } = true;

    /// <summary>What all that is sent over the network at the end may take together.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Series that a metric may have for names that come from outside; the rest is added up in <c>other</c>.</summary>
    public int MaxSeries { get; init; } = RunMetrics.DefaultMaxSeries;

    public static MetricsOptions Read(SettingsReader settings)
    {
        var file = settings.OptionalText("metrics.file", "A file that gets the run's metrics as Prometheus text, beside metrics.prom in its folder; a name ending in .prom is read by node_exporter's textfile collector.");
        return new MetricsOptions
        {
            File = file is null ? null : Path.GetFullPath(file, Path.GetFullPath(settings.BaseFolder)),
            Pushgateway = PushgatewayOptions.Read(settings),
            Otlp = OtlpOptions.Read(settings),
            Receive = settings.Choice(
                "metrics.otlp.receive",
                "auto",
                "Take the agent's own telemetry on a loopback port, keep it and forward it: auto (agents that can send it), or off.",
                "auto",
                "off") == "auto" && !AgentTelemetry.IsElsewhere(settings.Variable),
            Deadline = settings.Duration(
                "metrics.otlp.timeout",
                TimeSpan.FromSeconds(2),
                TimeSpan.FromMilliseconds(100),
                TimeSpan.FromSeconds(2),
                "What Pushgateway and OTLP may take together at the end of a run; what is not done by then is given up with a warning."),
            MaxSeries = (int)settings.Integer("metrics.max_series", RunMetrics.DefaultMaxSeries, 1, 1000, "Series of one metric for models, tools and policies; what is beyond is added up under the value other."),
        };
    }
}
