using Signalbox.Settings;

namespace Signalbox.Server.Ingest.Self;

/// <summary>Where Signalbox sends its own spans; nowhere unless it is told.</summary>
/// <param name="Endpoint">Null when no spans are sent.</param>
/// <param name="Http">Whether OTLP goes over HTTP; otherwise over gRPC.</param>
/// <param name="Headers">As in <c>OTEL_EXPORTER_OTLP_HEADERS</c>: <c>key=value</c>, separated by commas.</param>
internal sealed record SelfTracingOptions(Uri? Endpoint, bool Http, string? Headers)
{
    private const string EndpointKey = "self.traces_endpoint";
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static SelfTracingOptions Read(SettingsReader settings)
    {
        var own = settings.OptionalText(EndpointKey, $"Where Signalbox's own spans go by OTLP (also {EndpointVariable}); without it they go nowhere.");
        var text = own ?? settings.Variable(EndpointVariable);
        var protocol = settings.OptionalText("self.traces_protocol", "grpc or http/protobuf (also OTEL_EXPORTER_OTLP_PROTOCOL; grpc by default).") ?? settings.Variable("OTEL_EXPORTER_OTLP_PROTOCOL") ?? "grpc";
        var headers = settings.OptionalText("self.traces_headers", "Headers of the exporter as key=value, separated by commas (also OTEL_EXPORTER_OTLP_HEADERS).") ?? settings.Variable("OTEL_EXPORTER_OTLP_HEADERS");
        if (protocol is not ("grpc" or "http/protobuf"))
        {
            settings.Fail("self.traces_protocol", $"'{protocol}' is not allowed; write grpc or http/protobuf.");
        }

        Uri? endpoint = null;
        if (text is not null && (!Uri.TryCreate(text, UriKind.Absolute, out endpoint) || endpoint.Scheme is not ("http" or "https")))
        {
            settings.Fail(EndpointKey, $"'{text}' is not allowed; write for example http://127.0.0.1:4317.");
            endpoint = null;
        }

        return new SelfTracingOptions(endpoint, protocol == "http/protobuf", headers);
    }
}
