using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Server.Identity.Access;

/// <summary>The SHA-256 of a random secret: what is stored and looked up instead of the secret.</summary>
/// <remarks>
/// The secrets have 256 random bits, so neither salt nor stretching would add anything, and a look-up by hash tells an attacker's clock nothing
/// about the secret.
/// </remarks>
internal readonly record struct SecretHash
{
    public const int Size = SHA256.HashSizeInBytes;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    private SecretHash(ReadOnlySpan<byte> hash)
    {
        _a = BinaryPrimitives.ReadUInt64BigEndian(hash);
        _b = BinaryPrimitives.ReadUInt64BigEndian(hash[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(hash[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(hash[24..]);
    }

    /// <param name="secret">At most 256 characters; callers refuse longer ones first.</param>
    public static SecretHash Of(ReadOnlySpan<char> secret)
    {
        Span<byte> text = stackalloc byte[Encoding.UTF8.GetMaxByteCount(256)];
        Span<byte> hash = stackalloc byte[Size];
        var length = Encoding.UTF8.GetBytes(secret, text);
        SHA256.HashData(text[..length], hash);
        return new SecretHash(hash);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _a);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), _b);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(16), _c);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(24), _d);
        return bytes;
    }
}
