using Microsoft.Extensions.Logging;

namespace Signalbox.Runner.Auditing;

/// <summary>Log lines about sending audit records.</summary>
internal static partial class AuditLog
{
    [LoggerMessage(EventId = 250, Level = LogLevel.Warning, Message = "{Host} has {Sent} audit records; {Kept} stay here for the next run to send, and {Lost} are in audit.jsonl only")]
    public static partial void NotAllSent(this ILogger logger, string host, long sent, long kept, long lost);

    [LoggerMessage(EventId = 251, Level = LogLevel.Warning, Message = "Audit records are not sent to {Host}, because there is no token: SIGNALBOX_TOKEN or signalbox.token_file")]
    public static partial void NoToken(this ILogger logger, string host);

    [LoggerMessage(EventId = 252, Level = LogLevel.Warning, Message = "Audit records cannot be sent to {Host}: {Reason}")]
    public static partial void CannotSend(this ILogger logger, string host, string reason);

    [LoggerMessage(EventId = 253, Level = LogLevel.Warning, Message = "The audit record {Record} is in audit.jsonl only: {Reason}")]
    public static partial void Refused(this ILogger logger, string record, string reason);

    [LoggerMessage(EventId = 254, Level = LogLevel.Warning, Message = "{Count} lines of audit records could not be written to their file, and are in the log only: {Reason}")]
    public static partial void AuditNotWritten(this ILogger logger, long count, string? reason);
}
