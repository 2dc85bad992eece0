namespace Signalbox.Server.Audit.Proofs;

/// <summary>Proves that a record is in the log at its place; hashes are SHA-256 in base64.</summary>
/// <remarks>Source: https://www.rfc-editor.org/rfc/rfc6962#section-2.1.1</remarks>
/// <param name="Hashes">The audit path, from the leaf's neighbour up.</param>
/// <param name="Checkpoint">The signed note of the tree; null when the size asked for has none that is kept.</param>
internal sealed record AuditInclusionProof(long Sequence, string LeafHash, long TreeSize, string RootHash, IReadOnlyList<string> Hashes, string? Checkpoint);

/// <summary>Proves that the log of one size is the beginning of the log of a later size; hashes are SHA-256 in base64.</summary>
/// <remarks>Source: https://www.rfc-editor.org/rfc/rfc6962#section-2.1.2</remarks>
internal sealed record AuditConsistencyProof(long From, long To, string FromRootHash, string ToRootHash, IReadOnlyList<string> Hashes);

/// <summary>The keys that sign this tenant's checkpoints, newest first.</summary>
/// <param name="Origin">The first line of its checkpoints, and the name of its keys.</param>
internal sealed record AuditKeyList(string Origin, IReadOnlyList<AuditKeyView> Items);

/// <summary>A key that signs, or signed, checkpoints.</summary>
/// <param name="KeyId">In hexadecimal, as the signatures of notes begin with it.</param>
/// <param name="VerifierKey">The key in the form of signed notes: <c>name+id+base64</c>.</param>
/// <param name="PublicKey">Ed25519, in base64.</param>
/// <param name="RetiredAt">Null for the key that signs now.</param>
/// <param name="Change">The checkpoint over the record that put this key in the place of the one before, signed by both; null for the first key.</param>
internal sealed record AuditKeyView(string KeyId, string VerifierKey, string PublicKey, DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt, string? Change = null);
