namespace Signalbox.Server.Platform.Http;

/// <summary>Which of the server's sockets a request came in on.</summary>
internal enum Listener
{
    /// <summary>Console, API and every HTTP protocol.</summary>
    Main,

    /// <summary>OTLP over HTTP, port 4318 by convention.</summary>
    OtlpHttp,

    /// <summary>OTLP over gRPC, port 4317 by convention.</summary>
    OtlpGrpc,
}

/// <summary>Carries a connection's <see cref="Http.Listener"/> to its requests.</summary>
internal sealed record ListenerFeature(Listener Listener);
