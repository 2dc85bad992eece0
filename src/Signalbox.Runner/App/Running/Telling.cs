using Microsoft.Extensions.Logging;
using Signalbox.Runner.Auditing;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Metrics;
using Signalbox.Runner.Readings;
using Signalbox.Runner.Reports;
using Signalbox.Runner.Uploading;

namespace Signalbox.Runner.App.Running;

/// <summary>Tells others of a run that has ended: files first, then everybody on the network side by side, each within the time it has.</summary>
/// <remarks>Nothing of it changes the exit code.</remarks>
internal sealed class Telling(RunBeginning run, AuditSender audit, OwnSteps steps, ILogger logger)
{
    /// <param name="others">Further work that needs the network at the end.</param>
    public async Task TellAsync(RunDocuments documents, IReadOnlyList<IRunPublisher> others)
    {
        var (options, clock) = (run.Request.Options, run.Request.Clock);
        new SummaryFiles(options.Summary, run.Request.Environment.GetValueOrDefault("GITHUB_STEP_SUMMARY"), logger).Write(documents.TextOf(RunFiles.Summary));
        var publication = new RunPublication(documents.Report, documents.ContentOf(RunFiles.Trace), run.Folder.File(RunFiles.Log));
        var publishing = steps.MeasureAsync(OwnSteps.MetricsPublish, () => new MetricsPublishing(options.Metrics, clock, run.LoggerOf<MetricsPublishing>()).PublishAsync(publication, others, CancellationToken.None));
        var uploading = UploadAsync(options.Upload);
        var sending = options.Upload.Server is null ? Task.CompletedTask : steps.MeasureAsync(OwnSteps.AuditSend, () => audit.FinishAsync(options.Upload.Timeout, CancellationToken.None));
        await DoneAsync("metrics and traces", publishing);
        await DoneAsync("the run", uploading);
        await DoneAsync("audit records", sending);
        Prune();
    }

    /// <summary>What the command left in the place of the runner's files must not change how the run ends.</summary>
    private async Task DoneAsync(string what, Task telling)
    {
        try
        {
            await telling;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.NotTold(what, exception.Message);
        }
    }

    private async Task UploadAsync(UploadOptions options)
    {
        if (options is { Upload: true, Server: not null })
        {
            await steps.MeasureAsync(
                OwnSteps.RunUpload, () => new RunUploader(options, run.Request.Clock, run.LoggerOf<RunUploader>()).SendAsync(run.Folder, run.RunsFolder, options.Timeout, CancellationToken.None));
        }
    }

    private void Prune()
    {
        try
        {
            if (RunPruning.Prune(run.RunsFolder, run.Request.Options.Runs.Keep, run.Request.Clock.GetUtcNow()) is > 0 and var count)
            {
                logger.Pruned(count);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.NotPruned(exception.Message);
        }
    }
}
