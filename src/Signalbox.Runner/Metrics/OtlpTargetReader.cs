using Signalbox.Settings;

namespace Signalbox.Runner.Metrics;

/// <summary>Finds where a signal goes: the setting, then OpenTelemetry's variable of the signal, then the common one.</summary>
/// <remarks>Source: https://github.com/open-telemetry/opentelemetry-specification/blob/v1.49.0/specification/protocol/exporter.md</remarks>
internal sealed class OtlpTargetReader(SettingsReader settings, string? endpoint, SettingsNode? headers)
{
    private const string EndpointKey = "metrics.otlp.endpoint";
    private const string HeadersKey = "metrics.otlp.headers";

    private List<OtlpHeader>? _configured;

    public OtlpTarget? Read(OtlpSignal signal)
    {
        var name = signal.ToString().ToUpperInvariant();
        if (endpoint is not null)
        {
            return Target(signal, EndpointKey, Appended(endpoint, signal), Headers(name));
        }

        // Of gRPC only the address is known here, and it answers nothing that is sent by HTTP/1.1.
        if ((settings.Variable($"OTEL_EXPORTER_OTLP_{name}_PROTOCOL") ?? settings.Variable("OTEL_EXPORTER_OTLP_PROTOCOL")) == "grpc")
        {
            return null;
        }

        return settings.Variable($"OTEL_EXPORTER_OTLP_{name}_ENDPOINT") is { } own
            ? Target(signal, $"OTEL_EXPORTER_OTLP_{name}_ENDPOINT", own, Headers(name))
            : settings.Variable("OTEL_EXPORTER_OTLP_ENDPOINT") is { } common
                ? Target(signal, "OTEL_EXPORTER_OTLP_ENDPOINT", Appended(common, signal), Headers(name))
                : null;
    }

    /// <summary>Reads <c>name=value,name=value</c> with percent-encoded values.</summary>
    /// <returns>Null when the text is not of that form.</returns>
    public static List<OtlpHeader>? ParseHeaders(string text)
    {
        var found = new List<OtlpHeader>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !IsHeaderName(part[..equals].Trim()))
            {
                return null;
            }

            found.Add(new OtlpHeader(part[..equals].Trim(), Uri.UnescapeDataString(part[(equals + 1)..].Trim())));
        }

        return found;
    }

    private static string Appended(string text, OtlpSignal signal) => $"{text.TrimEnd('/')}/v1/{signal.ToString().ToLowerInvariant()}";

    private OtlpTarget? Target(OtlpSignal signal, string key, string text, IReadOnlyList<OtlpHeader> own)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0)
        {
            return new OtlpTarget(signal, address, own);
        }

        settings.Fail(key, "Write an absolute http or https URL without user and password; credentials belong into a header.");
        return null;
    }

    private List<OtlpHeader> Headers(string signal)
    {
        if (headers is not null)
        {
            return _configured ??= Configured(headers);
        }

        var variable = settings.Variable($"OTEL_EXPORTER_OTLP_{signal}_HEADERS") is null ? "OTEL_EXPORTER_OTLP_HEADERS" : $"OTEL_EXPORTER_OTLP_{signal}_HEADERS";
        if (settings.Variable(variable) is not { } text)
        {
            return [];
        }

        if (ParseHeaders(text) is { } parsed)
        {
            return parsed;
        }

        // The text itself may be a token and is not repeated.
        settings.Fail(variable, "The variable does not hold name=value pairs with commas between them.");
        return [];
    }

    private List<OtlpHeader> Configured(SettingsNode node)
    {
        var found = new List<OtlpHeader>();
        if (node is not MapNode map)
        {
            settings.Fail(node, HeadersKey, $"A mapping of names to values belongs here, not {node.Kind}.");
            return found;
        }

        foreach (var entry in map.Entries)
        {
            var name = entry.Key.Text!;
            if (!IsHeaderName(name))
            {
                settings.Fail(entry.Key, HeadersKey, "This is no name of an HTTP header.");
            }
            else if (entry.Value is ScalarNode { Text: { } value })
            {
                found.Add(new OtlpHeader(name, value));
            }
            else if (entry.Value is MapNode { Entries: [{ Key.Text: "file", Value: ScalarNode { Text: { } file } }] })
            {
                found.Add(new OtlpHeader(name, string.Empty, Path.GetFullPath(file, Path.GetFullPath(settings.BaseFolder))));
            }
            else
            {
                settings.Fail(entry.Value, $"{HeadersKey}.{name}", "Write the value, or {file: PATH}.");
            }
        }

        return found;
    }

    private static bool IsHeaderName(string name) =>
        name.Length > 0 && name.All(static character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal));
}
