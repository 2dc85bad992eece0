using System.Buffers.Binary;
using System.Text;
using Signalbox.Server.Audit.Keys;

namespace Signalbox.Server.Audit.Notes;

/// <summary>Makes signature lines with one private key under one name.</summary>
internal static class NoteSigner
{
    public static NoteSignature Sign(string name, Ed25519Key key, string noteText) =>
        new(name, VerifierKey.IdOf(name, NoteAlgorithm.Ed25519, key.PublicKey), key.Sign(Encoding.UTF8.GetBytes(noteText)));

    /// <summary>States what a witness has seen by a moment.</summary>
    public static NoteSignature Cosign(string name, Ed25519Key key, string noteText, DateTimeOffset time)
    {
        var seconds = time.ToUnixTimeSeconds();
        var signature = key.Sign(VerifierKey.CosignedMessage(noteText, seconds));
        var bytes = new byte[sizeof(long) + signature.Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, seconds);
        signature.CopyTo(bytes, sizeof(long));
        return new NoteSignature(name, VerifierKey.IdOf(name, NoteAlgorithm.Cosignature, key.PublicKey), bytes);
    }
}
