using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Uploading;

/// <summary>Sends runs to a Signalbox server: the report, then the files that belong to it. What is left when the time is over goes on from there another time.</summary>
/// <remarks>It never throws for what the server or the network does: a run's exit code matters more than where its report is.</remarks>
/// <param name="handler">What requests go through; not disposed of here. Null: a handler of its own.</param>
internal sealed class RunUploader(UploadOptions options, TimeProvider clock, ILogger logger, HttpMessageHandler? handler = null)
{
    /// <summary>What the server takes at most.</summary>
    private const int LongestReport = 8 * 1024 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Whether runs are sent at all.</summary>
    public bool IsOn => options is { Upload: true, Server: not null };

    /// <summary>Sends a run that has ended, and then those that earlier runs have left behind, oldest first, all within one time.</summary>
    /// <param name="folder">Of the run; the caller holds its lock.</param>
    /// <param name="runs">The folder of all runs.</param>
    /// <param name="cap">What all of it may take.</param>
    /// <returns>What became of each; empty when nothing is sent.</returns>
    public async Task<IReadOnlyList<UploadResult>> SendAsync(RunFolder folder, string runs, TimeSpan cap, CancellationToken cancellationToken)
    {
        if (!IsOn)
        {
            return [];
        }

        using var time = new CancellationTokenSource(cap, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        var results = new List<UploadResult> { await SendAsync(folder, either.Token) };

        // A repository may hold what looks like runs of its own; nobody has asked for those to be sent.
        results.AddRange(await SendPendingAsync(PendingIn(runs).Where(static run => PrivateFiles.IsPrivate(run.Path)), folder, either.Token));
        return results;
    }

    /// <summary>Sends the runs that were left behind; those that go on, or that another process sends, are passed by.</summary>
    /// <param name="except">Left alone; null for none.</param>
    public Task<IReadOnlyList<UploadResult>> SendPendingAsync(string runs, RunFolder? except, CancellationToken cancellationToken) => SendPendingAsync(PendingIn(runs), except, cancellationToken);

    private async Task<IReadOnlyList<UploadResult>> SendPendingAsync(IEnumerable<RunFolder> pending, RunFolder? except, CancellationToken cancellationToken)
    {
        var results = new List<UploadResult>();
        foreach (var folder in pending)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                break;
            }

            if (folder.RunId != except?.RunId && folder.TryLock() is { } held)
            {
                using (held)
                {
                    results.Add(await SendAsync(folder, cancellationToken));
                }
            }
        }

        return results;
    }

    /// <summary>Sends one run.</summary>
    public async Task<UploadResult> SendAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        if (options.IsUnprotected)
        {
            logger.Unprotected(options.Server!.Host);
        }

        UploadResult result;
        var before = UploadMark.Read(folder);
        var mark = new UploadMark { Server = options.Server!, State = "pending", Attempts = (before?.Attempts ?? 0) + 1 };
        try
        {
            // Written first, so that a runner that is killed on the way leaves word of it.
            mark.Write(folder);
            result = await TrySendAsync(folder, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            result = new UploadResult(folder.RunId, UploadState.Pending, "The time for it was over.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            result = new UploadResult(folder.RunId, UploadState.Pending, exception.Message);
        }

        Report(folder, result, mark);
        return result;
    }

    /// <summary>Oldest first.</summary>
    private static IEnumerable<RunFolder> PendingIn(string runs) => Directory.Exists(runs)
        ? Directory.GetDirectories(runs)
            .Where(static path => RunFolder.IsRunId(Path.GetFileName(path)))
            .Order(StringComparer.Ordinal)
            .Select(RunFolder.Open)
            .OfType<RunFolder>()
            .Where(static folder => UploadMark.Read(folder)?.State == "pending")
        : [];

    private async Task<UploadResult> TrySendAsync(RunFolder folder, CancellationToken cancellationToken)
    {
        var path = folder.File(RunFiles.Report);
        if (!File.Exists(path))
        {
            return new UploadResult(folder.RunId, UploadState.Refused, "It has no report.json; cicd-runner replay makes one.");
        }

        if (new FileInfo(path).Length > LongestReport)
        {
            return new UploadResult(folder.RunId, UploadState.Refused, "Its report.json is larger than 8 MiB, the most that a server takes.");
        }

        var report = await File.ReadAllBytesAsync(path, cancellationToken);
        using var http = CreateClient();
        var calls = new ServerCalls(options, http, clock, logger) { TraceParent = ReportTrace.Of(report) };
        var answer = await calls.SendAsync(HttpMethod.Post, "api/v1/runs", () => Json(report), cancellationToken);
        if (answer.Problem?.Code == "run_revision_old")
        {
            return new UploadResult(folder.RunId, UploadState.Sent, "The server has a later report of it.");
        }

        if (!answer.IsSuccess)
        {
            return new UploadResult(folder.RunId, answer.MaySucceedLater ? UploadState.Pending : UploadState.Refused, answer.Failure);
        }

        return answer.Read(UploadJson.Default.ReportAnswer) is { } taken
            ? await SendFilesAsync(folder, calls, taken.Files ?? [], cancellationToken)
            : new UploadResult(folder.RunId, UploadState.Pending, $"What listens at {options.Server} does not answer as Signalbox does.");
    }

    /// <summary>A file that the server refuses does not keep the others.</summary>
    private static async Task<UploadResult> SendFilesAsync(RunFolder folder, ServerCalls calls, IReadOnlyList<FileAnswer> files, CancellationToken cancellationToken)
    {
        var upload = new FileUpload(calls, folder);
        var failures = new List<FileResult>();
        foreach (var file in files)
        {
            failures.Add(await upload.SendAsync(file, cancellationToken));
        }

        failures.RemoveAll(static result => result.Failure is null);
        var state = failures.Exists(static failure => failure.MayTryAgain) ? UploadState.Pending : UploadState.Sent;
        return new UploadResult(folder.RunId, state, failures.Count == 0 ? null : string.Join(" ", failures.Select(static failure => failure.Failure)));
    }

    private static ByteArrayContent Json(byte[] report) => new(report) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private HttpClient CreateClient() =>
        new(handler ?? new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, UseCookies = false, AllowAutoRedirect = false }, disposeHandler: handler is null)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    private void Report(RunFolder folder, UploadResult result, UploadMark mark)
    {
        var (state, server) = (result.State.ToString().ToLowerInvariant(), options.Server!.ToString());
        try
        {
            (mark with { State = state, Detail = result.Detail }).Write(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.MarkNotWritten(folder.RunId, exception.Message);
        }

        switch (result)
        {
            case { State: UploadState.Sent, Detail: null }:
                logger.Sent(server, folder.RunId);
                break;
            case { State: UploadState.Sent }:
                logger.SentInPart(server, folder.RunId, result.Detail!);
                break;
            case { State: UploadState.Pending }:
                logger.NotSentYet(server, folder.RunId, result.Detail!);
                break;
            default:
                logger.Refused(server, folder.RunId, result.Detail!);
                break;
        }
    }
}
