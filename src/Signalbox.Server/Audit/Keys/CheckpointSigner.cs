using Signalbox.Server.Audit.Notes;

namespace Signalbox.Server.Audit.Keys;

/// <summary>Signs the checkpoints of all tenants' logs, with one key, or with two while one follows the other.</summary>
/// <remarks>Immutable and thread-safe. A signature takes some 50 µs.</remarks>
internal sealed class CheckpointSigner(string origin, IReadOnlyList<Ed25519Key> keys)
{
    /// <summary>What the origins of all logs of this installation begin with.</summary>
    public string Prefix => origin;

    /// <summary>The name of a tenant's log, which is also the name under which its keys sign.</summary>
    public string OriginOf(string tenant) => $"{origin}/{tenant}";

    /// <summary>The public keys that sign now, the newest last, as a verifier of the tenant's log needs them.</summary>
    public IReadOnlyList<VerifierKey> KeysOf(string tenant) => [.. keys.Select(key => new VerifierKey(OriginOf(tenant), NoteAlgorithm.Ed25519, key.PublicKey))];

    /// <returns>The checkpoint as a signed note.</returns>
    public string Sign(string tenant, long size, byte[] root)
    {
        var name = OriginOf(tenant);
        var text = new Checkpoint(name, size, root).ToText();
        return new SignedNote(text, [.. keys.Select(key => NoteSigner.Sign(name, key, text))]).ToString();
    }
}
