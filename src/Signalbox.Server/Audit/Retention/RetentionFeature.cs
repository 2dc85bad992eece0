namespace Signalbox.Server.Audit.Retention;

/// <summary>Registers the deletion of old records.</summary>
internal static class RetentionFeature
{
    public static void AddAuditRetention(this IServiceCollection services, RetentionOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(provider => new RetentionClock(provider.GetRequiredService<TimeProvider>(), options.Interval));
        services.AddSingleton<RetentionMetrics>();
        services.AddSingleton<RetentionDesk>();
        services.AddSingleton<Pruner>();
        services.AddSingleton<RetentionService>();
        services.AddHostedService(static provider => provider.GetRequiredService<RetentionService>());
        services.AddSingleton<CosignatureCleaner>();
        services.AddHostedService(static provider => provider.GetRequiredService<CosignatureCleaner>());
    }
}
