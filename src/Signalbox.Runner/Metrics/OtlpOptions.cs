using Signalbox.Settings;

namespace Signalbox.Runner.Metrics;

/// <summary>Where metrics, spans and log lines of a run are sent by OTLP over HTTP.</summary>
internal sealed record OtlpOptions
{
    /// <summary>One a signal that is sent.</summary>
    public required IReadOnlyList<OtlpTarget> Targets { get; init; }

    /// <summary>Where what the agent itself tells is forwarded to: every signal that has an endpoint, whether or not the runner has something of its own for it.</summary>
    public IReadOnlyList<OtlpTarget> AgentTargets { get; init; } = [];

    /// <summary>Whether sums are told as what this run added (delta) and not as a count that begins with the run.</summary>
    public bool Delta { get; init; }

    /// <summary>Whether every run has its own series (<c>service.instance.id</c> is the run's id) and not every job.</summary>
    public bool InstancePerRun { get; init; }

    /// <returns>Null when there is no endpoint for any signal.</returns>
    public static OtlpOptions? Read(SettingsReader settings)
    {
        const string Section = "metrics.otlp.";
        var endpoint = settings.OptionalText(
            Section + "endpoint",
            "Base URL of an OTLP receiver over HTTP, for example http://collector:4318 or https://signalbox/otlp; /v1/metrics is appended. Default: OTEL_EXPORTER_OTLP_ENDPOINT.");
        var headers = settings.Structure(Section + "headers", "Headers that the receiver needs, a mapping; {file: PATH} reads a value from a file. Default: OTEL_EXPORTER_OTLP_HEADERS.");
        var signals = settings.List(Section + "signals", "What is sent: metrics, traces, logs. Default: metrics and traces.");
        var temporality = settings.Choice(
            Section + "temporality",
            settings.Variable("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE")?.ToUpperInvariant() is "DELTA" or "LOWMEMORY" ? "delta" : "cumulative",
            "How sums are told: cumulative (each run counts from 0; a job's series hold its latest run) or delta (receivers that can add up the runs of a job).",
            "cumulative",
            "delta");
        var instance = settings.Choice(Section + "instance", "job", "Whose series they are: one set a job, or one a run (many series over time).", "job", "run");

        var reading = new OtlpTargetReader(settings, endpoint, headers);
        List<OtlpTarget> targets = [];
        foreach (var (item, name) in (signals.Count == 0 ? ["metrics", "traces"] : signals).Index())
        {
            if (Enum.TryParse<OtlpSignal>(name, ignoreCase: true, out var signal) && name.All(char.IsAsciiLetter))
            {
                if (reading.Read(signal) is { } target && targets.TrueForAll(other => other.Signal != signal))
                {
                    targets.Add(target);
                }
            }
            else
            {
                settings.Fail(Section + "signals", item, $"'{name}' is no signal; write metrics, traces or logs.");
            }
        }

        OtlpTarget[] agent = [.. Enum.GetValues<OtlpSignal>().Select(reading.Read).OfType<OtlpTarget>()];
        return agent.Length == 0 ? null : new OtlpOptions { Targets = targets, AgentTargets = agent, Delta = temporality == "delta", InstancePerRun = instance == "run" };
    }
}

/// <summary>The three things that OTLP carries.</summary>
internal enum OtlpSignal
{
    Metrics,
    Traces,
    Logs,
}

/// <summary>Where one signal goes.</summary>
/// <param name="Address">Whole, the signal's path included.</param>
/// <param name="Headers">May hold secrets: never logged.</param>
internal sealed record OtlpTarget(OtlpSignal Signal, Uri Address, IReadOnlyList<OtlpHeader> Headers);

/// <summary>A header of every request to a receiver.</summary>
/// <param name="File">The file with the value, read when it is needed; null when <paramref name="Value"/> is it.</param>
internal sealed record OtlpHeader(string Name, string Value, string? File = null);
