namespace Signalbox.Server.Audit.Search;

/// <summary>What the search over the audit log logs.</summary>
internal static partial class SearchLog
{
    [LoggerMessage(60, LogLevel.Error, "Audit search: the index of era {Era} of log {Log} is missing or damaged. The events themselves are searched instead, and the index is made again from them")]
    public static partial void IndexDamaged(this ILogger logger, int log, long era);

    [LoggerMessage(61, LogLevel.Information, "Audit search: the index of era {Era} of log {Log} was made again from {Events} events")]
    public static partial void IndexRebuilt(this ILogger logger, int log, long era, int events);

    [LoggerMessage(62, LogLevel.Error, "Audit search: the index of era {Era} of log {Log} could not be made again; the next search that needs it asks for it once more")]
    public static partial void IndexNotRebuilt(this ILogger logger, int log, long era, Exception exception);
}
