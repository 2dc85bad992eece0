using Signalbox.Server.Jobs.Definitions;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;
using Signalbox.Server.Platform.Leases;
using Signalbox.Settings;
using Signalbox.Telemetry;

namespace Signalbox.Server.Jobs.Files;

/// <summary>Plans and applies the jobs folder, one instance at a time.</summary>
internal sealed class FilesDesk(JobsOptions options, FolderReader reader, FileApplication application, ControlDatabase database, ILeaseProvider leases, FilesReport report)
{
    private static readonly LeaseName Name = LeaseName.Of("jobs:files");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static string Tenant => TenantId.Default.Value;

    /// <summary>What applying would do; changes nothing.</summary>
    public async Task<Outcome<FilePlan>> PlanAsync(JobActor actor, CancellationToken cancellationToken)
    {
        if (Refuse(actor) is { } refusal)
        {
            return refusal;
        }

        return await WorkAsync(cancellationToken) switch
        {
            Outcome<FileWork>.Done { Value: var work } => work.ToPlan(),
            var refused => ((Outcome<FileWork>.Refused)refused).Refusal,
        };
    }

    public async Task<Outcome<FilePlan>> ApplyAsync(JobActor actor, CancellationToken cancellationToken)
    {
        if (Refuse(actor) is { } refusal)
        {
            return refusal;
        }

        await using var lease = await leases.AcquireAsync(Name, LeaseTime.Default, Patience, cancellationToken);
        if (lease is null)
        {
            return new Refusal(StatusCodes.Status503ServiceUnavailable, "files_busy", "Busy", "Another instance applies the jobs folder right now. Try again in a moment.") { RetryAfterSeconds = 5 };
        }

        switch (await WorkAsync(cancellationToken))
        {
            case Outcome<FileWork>.Done { Value: var work }:
                lease.ThrowIfLost();
                var plan = await application.RunAsync(actor, work, cancellationToken);
                report.Applied(plan);
                return plan;
            case var refused:
                var reason = ((Outcome<FileWork>.Refused)refused).Refusal;
                report.NotApplied(reason.Detail);
                return reason;
        }
    }

    private Refusal? Refuse(JobActor actor) =>
        actor.Tenant != Tenant ? Refusal.Forbidden("files_of_default", $"Files define jobs of the tenant {Tenant} alone.")
        : options.Files.Folder is null ? Refusal.Conflict("no_jobs_folder", $"There is no jobs folder: set {FilesOptions.FolderKey}, or make a folder jobs beside the configuration file and start the server again.")
        : null;

    private async Task<Outcome<FileWork>> WorkAsync(CancellationToken cancellationToken)
    {
        JobFolder folder;
        try
        {
            folder = reader.Read(options.Files.Folder!);
        }
        catch (SettingsException exception)
        {
            return Refusal.Conflict("jobs_folder_unreadable", string.Join(" ", exception.Errors.Select(static error => $"{error.Place}: {error.Message}")));
        }

        var (jobs, others) = await database.ReadAsync(
            async session => (await TaskStore.ListOfFilesAsync(session, Tenant), await TaskStore.ListNamesOfApiAsync(session, Tenant)), cancellationToken);
        return folder.Files == 0 && jobs.Count > 0
            ? Refusal.Conflict("jobs_folder_empty", $"The jobs folder holds no file, though {jobs.Count} jobs were defined there. As this looks like a folder that is not mounted, nothing is deleted; to delete them all, leave one file that holds nothing but a comment.")
            : FilePlanner.Plan(folder, jobs, others);
    }
}
