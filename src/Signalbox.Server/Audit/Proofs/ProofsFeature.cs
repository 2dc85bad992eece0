namespace Signalbox.Server.Audit.Proofs;

/// <summary>Registers what proves the log.</summary>
internal static class ProofsFeature
{
    public static void AddAuditProofs(this IServiceCollection services)
    {
        services.AddSingleton<LogTree>();
        services.AddSingleton<ProofDesk>();
        services.AddSingleton<TileDesk>();
    }
}
