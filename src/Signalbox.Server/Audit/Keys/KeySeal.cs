using System.Security.Cryptography;
using System.Text;
using Signalbox.Server.Platform;

namespace Signalbox.Server.Audit.Keys;

/// <summary>Seals private keys with a key that is not in the database.</summary>
/// <remarks>Sealed: 12 bytes of nonce, the key's 32 bytes encrypted, 16 bytes of tag; what the key is for is part of what the tag covers.</remarks>
internal sealed class KeySeal
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int SealKeySize = 32;

    private readonly byte[] _key;

    private KeySeal(byte[] key) => _key = key;

    /// <exception cref="StartupException">The file cannot be read or holds no key.</exception>
    public static KeySeal Read(string file)
    {
        string text;
        try
        {
            text = File.ReadAllText(file).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The key file of the audit log (audit.key_file) cannot be read: {exception.Message}", exception);
        }

        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var count) && count == SealKeySize
            ? new KeySeal(key[..count])
            : throw new StartupException($"The key file of the audit log (audit.key_file), {file}, does not hold 32 bytes in base64. Make one with: openssl rand -base64 32");
    }

    public byte[] Seal(ReadOnlySpan<byte> seed, string purpose)
    {
        var box = new byte[NonceSize + seed.Length + TagSize];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(box.AsSpan(0, NonceSize), seed, box.AsSpan(NonceSize, seed.Length), box.AsSpan(NonceSize + seed.Length), Encoding.UTF8.GetBytes(purpose));
        return box;
    }

    /// <exception cref="StartupException">It was sealed with another key, for something else, or was altered.</exception>
    public byte[] Open(ReadOnlySpan<byte> box, string purpose)
    {
        try
        {
            var seed = new byte[Math.Max(0, box.Length - NonceSize - TagSize)];
            using var aes = new AesGcm(_key, TagSize);
            aes.Decrypt(box[..NonceSize], box.Slice(NonceSize, seed.Length), box[(NonceSize + seed.Length)..], seed, Encoding.UTF8.GetBytes(purpose));
            return seed;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentOutOfRangeException)
        {
            throw new StartupException("The private key of the audit log cannot be unsealed: audit.key_file is not the file it was sealed with, or the row was altered.", exception);
        }
    }
}
