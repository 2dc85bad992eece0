using Signalbox.Telemetry;

namespace Signalbox.Server.Ingest.Intake;

/// <summary>The ways by which samples come in.</summary>
internal enum SourceKind
{
    Scrape,
    OtlpHttp,
    OtlpGrpc,
    RemoteWrite,
    Host,
    Self,
}

/// <summary>Who sent samples, and how.</summary>
/// <param name="Name">What the sender calls itself: a job, a scrape pool, a user agent.</param>
/// <param name="Address">Where it was reached, or came from.</param>
/// <param name="Principal">Name of the token or user that sent them; empty for what this process collects itself.</param>
internal sealed record IngestSource(TenantId Tenant, SourceKind Kind, string Name, string Address, string Principal);

/// <summary>The names of source kinds on the wire and as the attribute <c>protocol</c>.</summary>
internal static class SourceKinds
{
    public static string NameOf(SourceKind kind) => kind switch
    {
        SourceKind.Scrape => "scrape",
        SourceKind.OtlpHttp => "otlp-http",
        SourceKind.OtlpGrpc => "otlp-grpc",
        SourceKind.RemoteWrite => "remote-write",
        SourceKind.Host => "host",
        _ => "self",
    };
}
