using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Registers the way into the log.</summary>
internal static class SequencingFeature
{
    public static void AddAuditSequencing(this IServiceCollection services, SequencingOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<AuditQueue>();
        services.AddSingleton<SequencingMetrics>();
        services.AddSingleton<SequencerState>();
        services.AddSingleton<Losses>();
        services.AddSingleton<Intake>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<AuditLines>();
        services.AddSingleton<GapRecords>();
        services.AddSingleton<BatchGatherer>();
        services.AddSingleton<BatchClock>();
        services.AddSingleton<BatchEnd>();
        services.AddSingleton<LogDirectory>();
        services.AddSingleton<LogWriter>();
        services.AddSingleton<Sequencer>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<IAuditTrail>(static provider => provider.GetRequiredService<AuditTrail>());
        services.AddHostedService<SequencerLoop>();
    }
}
