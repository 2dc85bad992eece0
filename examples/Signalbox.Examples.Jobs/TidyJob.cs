using Microsoft.Extensions.Logging;
using Signalbox.Sdk.Jobs;

namespace Signalbox.Examples.Jobs;

/// <summary>Which files <see cref="TidyJob"/> deletes.</summary>
/// <remarks>Parameters with a default may be left out in a job; properties with an initialiser would lose it to the serialiser.</remarks>
/// <param name="OlderThanDays">Deletes files that were not written to for so many days; from 1.</param>
/// <param name="DryRun">Only tells what would be deleted.</param>
public sealed record TidyArguments(string Folder, int OlderThanDays, string Pattern = "*", bool DryRun = false);

/// <summary>Deletes old files of a folder: a handler with arguments, output, log lines and cancellation.</summary>
public sealed partial class TidyJob : IJob<TidyArguments>
{
    public async Task RunAsync(TidyArguments arguments, JobContext context, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(arguments.OlderThanDays, 1);

        // The nominal time, not the time of day: a run that comes late deletes what it would have deleted in time.
        var limit = context.NominalAt.AddDays(-arguments.OlderThanDays).UtcDateTime;
        var count = 0;
        foreach (var file in new DirectoryInfo(arguments.Folder).EnumerateFiles(arguments.Pattern).Where(file => file.LastWriteTimeUtc < limit))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await context.Output.WriteLineAsync(file.FullName.AsMemory(), cancellationToken);
            if (!arguments.DryRun)
            {
                file.Delete();
            }

            count++;
        }

        Tidied(context.Logger, arguments.Folder, count);
    }

    [LoggerMessage(1, LogLevel.Information, "{Folder} had {Count} old files.")]
    private static partial void Tidied(ILogger logger, string folder, int count);
}
