using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Storage;

/// <summary>Registers where the audit log is kept.</summary>
internal static class AuditStorageFeature
{
    public static void AddAuditStorage(this IServiceCollection services)
    {
        services.AddSingleton<IMigrationSource, AuditLogMigrations>();
        services.AddSingleton(static provider => AuditDatabase.Open(
            provider.GetRequiredService<ControlDatabase>(),
            provider.GetRequiredService<DataFolder>(),
            [.. provider.GetServices<IMigrationSource>()],
            provider.GetRequiredService<ControlOptions>(),
            provider.GetRequiredService<ControlMetrics>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<AuditOpening>();
    }

    /// <summary>Opens the file before anything is to be recorded, so that one which cannot be used stops the start with its sentence.</summary>
    private sealed class AuditOpening(IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            services.GetRequiredService<AuditDatabase>();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
