using Microsoft.Extensions.Logging;

namespace Signalbox.Runner.Reports;

/// <summary>Log lines about the summary for people.</summary>
internal static partial class ReportsLog
{
    [LoggerMessage(EventId = 370, Level = LogLevel.Warning, Message = "The summary {Path} is not written: {Reason}")]
    public static partial void SummaryNotWritten(this ILogger logger, string path, string reason);
}
