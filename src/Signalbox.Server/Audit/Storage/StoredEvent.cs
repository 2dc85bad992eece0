namespace Signalbox.Server.Audit.Storage;

/// <summary>One event as it is kept.</summary>
/// <param name="Sequence">Its place in its log, from 0.</param>
/// <param name="TimeMs">When the server took it.</param>
/// <param name="Leaf">Its hash in the tree, 32 bytes.</param>
/// <param name="Body">Its canonical bytes.</param>
internal sealed record StoredEvent(long Sequence, long TimeMs, byte[] Leaf, byte[] Body);
