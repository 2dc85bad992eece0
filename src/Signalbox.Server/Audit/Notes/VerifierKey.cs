using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Signalbox.Server.Audit.Keys;

namespace Signalbox.Server.Audit.Notes;

/// <summary>A public key with the name under which it signs notes.</summary>
/// <remarks>Written as <c>name+id+key</c>: the id in eight hexadecimal digits, the key in base64 after its algorithm's byte. Source: https://c2sp.org/signed-note@v1.0.0#verifier-keys</remarks>
internal sealed class VerifierKey : IEquatable<VerifierKey>
{
    private const int TimeSize = 8;

    /// <exception cref="NoteFormatException">The name cannot be a key's.</exception>
    public VerifierKey(string name, NoteAlgorithm algorithm, byte[] publicKey)
    {
        if (!NoteSignature.IsName(name))
        {
            throw new NoteFormatException($"'{name}' is not a key's name: it must not be empty, and must hold no blank and no plus.");
        }

        if (publicKey.Length != Ed25519Key.KeySize)
        {
            throw new NoteFormatException($"The public key of {name} has {publicKey.Length} bytes, not {Ed25519Key.KeySize}.");
        }

        Name = name;
        Algorithm = algorithm;
        PublicKey = publicKey;
        KeyId = IdOf(name, algorithm, publicKey);
    }

    public string Name { get; }

    public NoteAlgorithm Algorithm { get; }

    public byte[] PublicKey { get; }

    public uint KeyId { get; }

    /// <exception cref="NoteFormatException">It is not a key, or its id is not that of the rest.</exception>
    public static VerifierKey Parse(string text)
    {
        var parts = text.Split('+', 3);
        if (parts.Length != 3 || parts[1].Length != 8 || parts[1].Any(static c => !char.IsAsciiHexDigitLower(c)))
        {
            throw new NoteFormatException($"'{text}' is not a key; it is written as name+id+key.");
        }

        var bytes = Base64Text.Decode(parts[2]);
        if (bytes is not { Length: 1 + Ed25519Key.KeySize } || bytes[0] is not ((byte)NoteAlgorithm.Ed25519 or (byte)NoteAlgorithm.Cosignature))
        {
            throw new NoteFormatException($"The key of '{parts[0]}' is not one of Ed25519 in base64.");
        }

        var key = new VerifierKey(parts[0], (NoteAlgorithm)bytes[0], bytes[1..]);
        return key.KeyId == uint.Parse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            ? key
            : throw new NoteFormatException($"The id in '{text}' is not that of its name and key: it was altered, or copied in part.");
    }

    /// <summary>The id that a key's signatures carry.</summary>
    public static uint IdOf(string name, NoteAlgorithm algorithm, ReadOnlySpan<byte> publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)algorithm, .. publicKey]));

    /// <summary>What a cosignature signs.</summary>
    public static byte[] CosignedMessage(string noteText, long unixSeconds) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {unixSeconds}\n{noteText}"));

    /// <returns>Null when the signature is wrong.</returns>
    public VerifiedSignature? Verify(string noteText, NoteSignature signature)
    {
        if (Algorithm == NoteAlgorithm.Ed25519)
        {
            return Ed25519Key.Verify(PublicKey, Encoding.UTF8.GetBytes(noteText), signature.Bytes) ? new VerifiedSignature(this, null) : null;
        }

        if (signature.Bytes.Length != TimeSize + Ed25519Key.SignatureSize)
        {
            return null;
        }

        var seconds = BinaryPrimitives.ReadInt64BigEndian(signature.Bytes);
        return seconds >= 0
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            && Ed25519Key.Verify(PublicKey, CosignedMessage(noteText, seconds), signature.Bytes.AsSpan(TimeSize))
            ? new VerifiedSignature(this, DateTimeOffset.FromUnixTimeSeconds(seconds))
            : null;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}+{KeyId:x8}+{Convert.ToBase64String([(byte)Algorithm, .. PublicKey])}");

    public bool Equals(VerifierKey? other) =>
        other is not null && Name == other.Name && Algorithm == other.Algorithm && PublicKey.AsSpan().SequenceEqual(other.PublicKey);

    public override bool Equals(object? obj) => Equals(obj as VerifierKey);

    public override int GetHashCode() => HashCode.Combine(Name, KeyId);
}
