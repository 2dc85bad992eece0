using System.Text.Json.Serialization;

namespace Signalbox.Server.Platform.Leases.Etcd;

/// <summary>Messages of etcd's JSON gateway: 64-bit numbers are texts, keys and values base64, and what is zero or empty is left out.</summary>
/// <remarks>Source: https://etcd.io/docs/v3.4/dev-guide/api_grpc_gateway/ and https://github.com/etcd-io/etcd/blob/v3.4.23/etcdserver/etcdserverpb/rpc.proto</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)]
[JsonSerializable(typeof(EtcdLeaseGrant))]
[JsonSerializable(typeof(EtcdLeaseId))]
[JsonSerializable(typeof(EtcdLeaseAnswer))]
[JsonSerializable(typeof(EtcdKeepAliveAnswer))]
[JsonSerializable(typeof(EtcdRange))]
[JsonSerializable(typeof(EtcdRangeAnswer))]
[JsonSerializable(typeof(EtcdTransaction))]
[JsonSerializable(typeof(EtcdTransactionAnswer))]
[JsonSerializable(typeof(EtcdUser))]
[JsonSerializable(typeof(EtcdToken))]
[JsonSerializable(typeof(EtcdError))]
internal sealed partial class EtcdJson : JsonSerializerContext;

/// <summary>Asks for a lease; the time is in seconds.</summary>
internal sealed record EtcdLeaseGrant([property: JsonPropertyName("ID")] long Id, [property: JsonPropertyName("TTL")] long Ttl);

/// <summary>Renews or revokes a lease.</summary>
internal sealed record EtcdLeaseId([property: JsonPropertyName("ID")] long Id);

/// <summary>What is told about a lease; no time (0) means that there is none.</summary>
internal sealed record EtcdLeaseAnswer([property: JsonPropertyName("TTL")] long Ttl);

/// <summary>The first message of the stream that answers a renewal.</summary>
internal sealed record EtcdKeepAliveAnswer(EtcdLeaseAnswer? Result);

/// <summary>Asks for one key.</summary>
internal sealed record EtcdRange(byte[] Key);

/// <summary>Zero or one key.</summary>
internal sealed record EtcdRangeAnswer(IReadOnlyList<EtcdKey>? Kvs);

/// <summary>A key and what is known about it.</summary>
internal sealed record EtcdKey(long CreateRevision, long ModRevision, byte[]? Value, long Lease);

/// <summary>A condition on a key; one of its last three members is given.</summary>
internal sealed record EtcdCompare(byte[] Key, string Target, long? CreateRevision, long? ModRevision, byte[]? Value)
{
    public static EtcdCompare Created(byte[] key, long revision) => new(key, "CREATE", revision, null, null);

    public static EtcdCompare Modified(byte[] key, long revision) => new(key, "MOD", null, revision, null);

    public static EtcdCompare Holds(byte[] key, byte[] value) => new(key, "VALUE", null, null, value);
}

/// <summary>Writes a key, bound to a lease or to none.</summary>
internal sealed record EtcdPut(byte[] Key, byte[] Value, long? Lease);

/// <summary>One step of a transaction.</summary>
internal sealed record EtcdOperation(EtcdPut? RequestPut, EtcdRange? RequestRange);

/// <summary>Does one list of steps when all conditions hold, and the other when not.</summary>
internal sealed record EtcdTransaction(IReadOnlyList<EtcdCompare> Compare, IReadOnlyList<EtcdOperation> Success, IReadOnlyList<EtcdOperation> Failure);

/// <summary>Which list was done, and what its steps gave.</summary>
internal sealed record EtcdTransactionAnswer(EtcdHeader Header, bool Succeeded, IReadOnlyList<EtcdOperationAnswer>? Responses)
{
    /// <summary>The key that step <paramref name="index"/> read, or null.</summary>
    public EtcdKey? KeyOf(int index) => Responses?[index].ResponseRange?.Kvs is [var key, ..] ? key : null;
}

/// <summary>What one step gave; of interest is only what was read.</summary>
internal sealed record EtcdOperationAnswer(EtcdRangeAnswer? ResponseRange);

/// <summary>The state of the cluster at an answer.</summary>
internal sealed record EtcdHeader(long Revision);

/// <summary>Asks for a token.</summary>
internal sealed record EtcdUser(string Name, string Password);

/// <summary>Goes into the header <c>Authorization</c>.</summary>
internal sealed record EtcdToken(string? Token);

/// <summary>Why something was refused; the code is gRPC's.</summary>
internal sealed record EtcdError(string? Message, int Code);
