namespace Signalbox.Telemetry.Wire;

/// <summary>The status codes of gRPC that an ingest endpoint answers with.</summary>
/// <remarks>Source: https://github.com/grpc/grpc/blob/v1.66.0/doc/statuscodes.md</remarks>
public enum RpcCode
{
    Ok = 0,
    Cancelled = 1,
    Unknown = 2,
    InvalidArgument = 3,
    DeadlineExceeded = 4,
    NotFound = 5,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
}
