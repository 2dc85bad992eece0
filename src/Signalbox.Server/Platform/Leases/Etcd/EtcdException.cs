namespace Signalbox.Server.Platform.Leases.Etcd;

/// <summary>etcd answered, and refused.</summary>
/// <param name="code">gRPC's. Source: https://grpc.io/docs/guides/status-codes/</param>
internal sealed class EtcdException(string message, int code) : Exception(message)
{
    public const int InvalidArgument = 3;
    public const int NotFound = 5;
    public const int FailedPrecondition = 9;
    public const int Unavailable = 14;
    public const int Unauthenticated = 16;

    public int Code => code;
}
