namespace Signalbox.Telemetry.Metrics.RemoteWrite;

/// <summary>The message schemas of Prometheus remote write.</summary>
public enum RemoteWriteProtocol
{
    /// <summary><c>prometheus.WriteRequest</c>. Source: https://prometheus.io/docs/specs/prw/remote_write_spec/</summary>
    V1,

    /// <summary><c>io.prometheus.write.v2.Request</c>, with a symbol table. Source: https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/</summary>
    V2,
}
