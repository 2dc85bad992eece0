namespace Signalbox.Sdk.Audit;

/// <summary>Why an event did not reach the log.</summary>
public enum AuditFailureReason
{
    /// <summary>The server does not take it; the detail says why.</summary>
    Rejected,

    /// <summary>The queue was full.</summary>
    Overflow,

    /// <summary>It is longer than <see cref="AuditClientOptions.MaxEventBytes"/>, or cannot be written as JSON.</summary>
    Unwritable,

    /// <summary>The client was disposed of, or its time to drain was over.</summary>
    Closed,
}

/// <summary>An event that did not reach the log.</summary>
/// <param name="Id">The event's id; a file's name and line for one that was read from the spool and has none.</param>
/// <param name="Event">The event as it would have been sent, redacted JSON; empty when it could not be written.</param>
/// <param name="Detail">For people; the server's own words where it said any.</param>
public sealed record AuditFailure(string Id, AuditFailureReason Reason, ReadOnlyMemory<byte> Event, string Detail);
