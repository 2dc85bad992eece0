using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Http;
using Signalbox.Telemetry;

namespace Signalbox.Server.Jobs.Files;

/// <summary>Applies the jobs folder at the start and whenever its files change.</summary>
/// <remarks>It looks again and again rather than wait to be told: network folders and those mounted into containers tell nobody.</remarks>
internal sealed class FilesWatch(JobsOptions options, FilesDesk desk, FilesReport report, TimeProvider clock) : BackgroundService
{
    private string? _seen;
    private string? _applied;

    /// <summary>One look; a change is applied when the next look finds the same, so that half-written files are not read.</summary>
    /// <returns>Whether the folder was applied.</returns>
    public async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var found = FolderReader.Fingerprint(options.Files.Folder!) ?? "unreadable";
        var isSettled = found == _seen || _applied is null;
        _seen = found;
        if (!isSettled || found == _applied)
        {
            return false;
        }

        using var scope = AuditScope.Background("jobs.files");
        try
        {
            var outcome = await desk.ApplyAsync(JobActor.Files(TenantId.Default), cancellationToken);
            if (outcome is Outcome<FilePlan>.Refused { Refusal.RetryAfterSeconds: not null })
            {
                return false;
            }

            _applied = found;
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever went wrong, the next look tries again; nothing of this kind may end the server.
            report.Failed(exception);
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Files.Folder is null)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Files.Poll, clock);
        try
        {
            do
            {
                await RunOnceAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }
}
