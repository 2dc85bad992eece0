namespace Signalbox.Server.Jobs.Files;

/// <summary>Registers what reads jobs from files.</summary>
internal static class FilesFeature
{
    public static void AddJobsFiles(this IServiceCollection services)
    {
        services.AddSingleton<FolderReader>();
        services.AddSingleton<FileApplication>();
        services.AddSingleton<FilesReport>();
        services.AddSingleton<FilesDesk>();
        services.AddSingleton<FilesWatch>();
        services.AddHostedService(static provider => provider.GetRequiredService<FilesWatch>());
    }
}
