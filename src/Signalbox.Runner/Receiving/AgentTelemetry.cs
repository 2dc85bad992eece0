namespace Signalbox.Runner.Receiving;

/// <summary>The environment with which an agent sends its own telemetry to a receiver.</summary>
/// <remarks>Source: https://code.claude.com/docs/en/monitoring-usage and https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/</remarks>
internal static class AgentTelemetry
{
    private static readonly string[] Signals = ["METRICS", "LOGS", "TRACES"];

    /// <summary>Variables to set, and with null those to take away: a receiver that was configured for one signal would win over ours.</summary>
    /// <param name="inherited">The environment that the agent would have.</param>
    public static IReadOnlyDictionary<string, string?> Environment(Uri receiver, IReadOnlyDictionary<string, string> inherited)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["CLAUDE_CODE_ENABLE_TELEMETRY"] = "1",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.AbsoluteUri.TrimEnd('/'),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/json",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = null,
            ["OTEL_EXPORTER_OTLP_COMPRESSION"] = null,

            // A run may be shorter than the usual interval of a minute; what has not been sent when it ends is lost.
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
            ["OTEL_LOGS_EXPORT_INTERVAL"] = "1000",
            ["OTEL_TRACES_EXPORT_INTERVAL"] = "1000",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "1000",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "1000",
        };
        foreach (var signal in Signals)
        {
            variables[$"OTEL_{signal}_EXPORTER"] = "otlp";
            variables[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"] = null;
            variables[$"OTEL_EXPORTER_OTLP_{signal}_PROTOCOL"] = null;
            variables[$"OTEL_EXPORTER_OTLP_{signal}_HEADERS"] = null;
            variables[$"OTEL_EXPORTER_OTLP_{signal}_COMPRESSION"] = null;
        }

        AddLoopback("NO_PROXY", variables, inherited);
        AddLoopback("no_proxy", variables, inherited);
        return variables;
    }

    /// <summary>Whether the agent's environment already sends its telemetry in a way that cannot pass through a receiver of HTTP; it is then left alone.</summary>
    public static bool IsElsewhere(Func<string, string?> variable) =>
        Array.Exists(Signals, signal =>
            (variable($"OTEL_EXPORTER_OTLP_{signal}_PROTOCOL") ?? variable("OTEL_EXPORTER_OTLP_PROTOCOL")) == "grpc"
            && (variable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") ?? variable("OTEL_EXPORTER_OTLP_ENDPOINT")) is not null)
        || Array.Exists(Signals, signal => variable($"OTEL_{signal}_EXPORTER") is not (null or "" or "otlp" or "none"));

    /// <summary>Behind a proxy the agent would ask it for an address that only this machine knows.</summary>
    private static void AddLoopback(string name, Dictionary<string, string?> variables, IReadOnlyDictionary<string, string> inherited)
    {
        var behindProxy = inherited.Keys.Any(static key => key.Equals("HTTP_PROXY", StringComparison.OrdinalIgnoreCase) || key.Equals("ALL_PROXY", StringComparison.OrdinalIgnoreCase));
        var present = inherited.GetValueOrDefault(name);
        if (behindProxy && present?.Split(',', StringSplitOptions.TrimEntries).Contains("127.0.0.1", StringComparer.Ordinal) != true)
        {
            variables[name] = string.IsNullOrEmpty(present) ? "127.0.0.1" : $"{present},127.0.0.1";
        }
    }
}
