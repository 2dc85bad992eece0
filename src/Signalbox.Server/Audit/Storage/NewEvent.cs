namespace Signalbox.Server.Audit.Storage;

/// <summary>One row to be added to <c>audit_events</c>.</summary>
internal readonly record struct NewEvent(long Position, long TimeMs, byte[] Leaf, byte[] Body);
