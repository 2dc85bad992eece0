namespace Signalbox.Server.Audit.Files;

/// <summary>What the audit file logs.</summary>
internal static partial class FileSinkLog
{
    [LoggerMessage(70, LogLevel.Error, "The audit file {Path} cannot be written; this is tried again, and the audit log itself is not affected")]
    public static partial void FileFailed(this ILogger logger, Exception exception, string path);

    [LoggerMessage(71, LogLevel.Information, "The audit file is written again, after {Failures} failures")]
    public static partial void FileWorksAgain(this ILogger logger, int failures);

    [LoggerMessage(72, LogLevel.Warning, "A write to the audit file {Path} has taken more than {Seconds} s; the audit log itself is not affected")]
    public static partial void FileStalled(this ILogger logger, string path, double seconds);

    [LoggerMessage(73, LogLevel.Warning, "{Count} records of tenant {Tenant} are not in the audit file: their retention was over before it could take them, or before it was set up")]
    public static partial void RecordsSkipped(this ILogger logger, long count, string tenant);
}
