using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Signalbox.Server.Platform;

namespace Signalbox.Server.Audit.Keys;

/// <summary>A private key that signs with Ed25519.</summary>
/// <remarks>Thread-safe. Source: https://www.rfc-editor.org/rfc/rfc8032#section-5.1</remarks>
internal sealed class Ed25519Key : IDisposable
{
    /// <summary>Length of a private key and of a public one, in bytes.</summary>
    public const int KeySize = 32;

    /// <summary>Length of a signature, in bytes.</summary>
    public const int SignatureSize = 64;

    private readonly EvpKey _key;

    private Ed25519Key(EvpKey key, byte[] publicKey)
    {
        _key = key;
        PublicKey = publicKey;
    }

    /// <summary>32 bytes.</summary>
    public byte[] PublicKey { get; }

    /// <returns>32 random bytes, to be kept secret.</returns>
    public static byte[] NewSeed() => RandomNumberGenerator.GetBytes(KeySize);

    /// <param name="seed">32 bytes.</param>
    /// <exception cref="StartupException">OpenSSL is missing.</exception>
    public static Ed25519Key Open(ReadOnlySpan<byte> seed)
    {
        Require();
        if (seed.Length != KeySize)
        {
            throw new ArgumentException($"A key has {KeySize} bytes, not {seed.Length}.", nameof(seed));
        }

        var key = LibCrypto.NewPrivateKey(LibCrypto.Ed25519, IntPtr.Zero, ref MemoryMarshal.GetReference(seed), KeySize);
        var publicKey = new byte[KeySize];
        nuint length = KeySize;
        if (key.IsInvalid || LibCrypto.PublicKeyOf(key, ref publicKey[0], ref length) != 1 || length != KeySize)
        {
            key.Dispose();
            throw Failure();
        }

        return new Ed25519Key(key, publicKey);
    }

    /// <returns>64 bytes.</returns>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        using var digest = LibCrypto.NewDigest();
        var signature = new byte[SignatureSize];
        nuint length = SignatureSize;
        if (digest.IsInvalid
            || LibCrypto.SignInit(digest, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero, _key) != 1
            || LibCrypto.Sign(digest, ref signature[0], ref length, ref Start(message), (nuint)message.Length) != 1
            || length != SignatureSize)
        {
            throw Failure();
        }

        return signature;
    }

    /// <returns>False for every signature that is not exactly right, and for what is no key.</returns>
    /// <exception cref="StartupException">OpenSSL is missing.</exception>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        Require();
        if (publicKey.Length != KeySize || signature.Length != SignatureSize)
        {
            return false;
        }

        using var key = LibCrypto.NewPublicKey(LibCrypto.Ed25519, IntPtr.Zero, ref Start(publicKey), KeySize);
        using var digest = LibCrypto.NewDigest();
        var right = !key.IsInvalid
            && !digest.IsInvalid
            && LibCrypto.VerifyInit(digest, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero, key) == 1
            && LibCrypto.Verify(digest, ref Start(signature), SignatureSize, ref Start(message), (nuint)message.Length) == 1;
        if (!right)
        {
            LibCrypto.ClearErrors();
        }

        return right;
    }

    public void Dispose() => _key.Dispose();

    /// <summary>Says so at once where signatures cannot be made.</summary>
    /// <exception cref="StartupException">OpenSSL is missing.</exception>
    public static void Require()
    {
        if (!LibCrypto.IsPresent)
        {
            throw new StartupException("The audit log signs its checkpoints with Ed25519 through OpenSSL's libcrypto, which is not installed here. Install OpenSSL 1.1.1 or later (Debian and Ubuntu: libssl3; Alpine: libcrypto3; macOS: brew install openssl@3).");
        }
    }

    /// <summary>A place to point to even where there is nothing: an empty span points nowhere, which libcrypto need not take.</summary>
    private static ref byte Start(ReadOnlySpan<byte> bytes) =>
        ref MemoryMarshal.GetReference(bytes.IsEmpty ? Nothing : bytes);

    private static ReadOnlySpan<byte> Nothing => "\0"u8;

    private static CryptographicException Failure()
    {
        LibCrypto.ClearErrors();
        return new CryptographicException("OpenSSL's libcrypto refused to work with an Ed25519 key; it needs OpenSSL 1.1.1 or later, and a configuration that allows Ed25519.");
    }
}
