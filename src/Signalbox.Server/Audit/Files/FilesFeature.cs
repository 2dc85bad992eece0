using Signalbox.Server.Platform;

namespace Signalbox.Server.Audit.Files;

/// <summary>Registers the audit file; without a path it does nothing.</summary>
internal static class FilesFeature
{
    public static void AddAuditFile(this IServiceCollection services, FileSinkOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<FileMetrics>();
        services.AddSingleton(provider => new FileOutput(provider.GetRequiredService<DataFolder>().File(options.Path ?? string.Empty), options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<FileSink>();
        services.AddHostedService(static provider => provider.GetRequiredService<FileSink>());
    }
}
