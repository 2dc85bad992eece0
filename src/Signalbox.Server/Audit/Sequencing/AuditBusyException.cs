namespace Signalbox.Server.Audit.Sequencing;

/// <summary>More events are waiting for the log than <c>audit.queue.events</c> or <c>audit.queue.bytes</c> allow; the caller may try again.</summary>
internal sealed class AuditBusyException(string message) : Exception(message);
