using Signalbox.Server.Audit.Archives;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Proofs;

/// <summary>Registers what proves the log.</summary>
internal static class ProofsFeature
{
    public static void AddAuditProofs(this IServiceCollection services)
    {
        services.AddSingleton<LogTree>();
        services.AddSingleton<ProofDesk>();
        services.AddSingleton<CheckpointDesk>();
        services.AddSingleton<TileDesk>();
        services.AddSingleton<ExportDesk>();
        services.AddSingleton(static provider =>
        {
            var control = provider.GetRequiredService<ControlDatabase>();
            var origin = provider.GetRequiredService<KeyOptions>().Origin;
            return new LogExport(provider.GetRequiredService<AuditDatabase>(), (tenant, cancellationToken) => control.ReadAsync(session => KnownKey.ListAsync(session, origin, tenant), cancellationToken));
        });
    }
}
