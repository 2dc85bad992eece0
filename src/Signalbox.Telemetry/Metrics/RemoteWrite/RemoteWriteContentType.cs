namespace Signalbox.Telemetry.Metrics.RemoteWrite;

/// <summary>Tells the schemas of remote write apart by their media types.</summary>
public static class RemoteWriteContentType
{
    public const string V1 = "application/x-protobuf";

    public const string V2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";

    /// <summary>Reads a request's <c>Content-Type</c>; null for anything that is not remote write.</summary>
    public static RemoteWriteProtocol? ProtocolOf(string? contentType)
    {
        var parts = (contentType ?? string.Empty).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || !parts[0].Equals("application/x-protobuf", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var schema = parts.FirstOrDefault(static part => part.StartsWith("proto=", StringComparison.OrdinalIgnoreCase))?["proto=".Length..];
        return schema switch
        {
            null or "prometheus.WriteRequest" => RemoteWriteProtocol.V1,
            "io.prometheus.write.v2.Request" => RemoteWriteProtocol.V2,
            _ => null,
        };
    }
}
