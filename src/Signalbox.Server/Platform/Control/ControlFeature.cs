namespace Signalbox.Server.Platform.Control;

/// <summary>Registers the control database.</summary>
internal static class ControlFeature
{
    public static void AddControl(this IServiceCollection services, ControlOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<ControlMetrics>();
        services.AddSingleton(provider => ControlDatabase.Open(
            provider.GetRequiredService<DataFolder>(),
            [.. provider.GetServices<IMigrationSource>()],
            options,
            provider.GetRequiredService<ControlMetrics>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<ControlOpening>();
        services.AddSingleton<ControlHealth>();
        services.AddHostedService(static provider => provider.GetRequiredService<ControlHealth>());
    }

    /// <summary>Opens the database before anything else starts, so that a database which cannot be used stops the start with its sentence.</summary>
    private sealed class ControlOpening(IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            services.GetRequiredService<ControlDatabase>();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
