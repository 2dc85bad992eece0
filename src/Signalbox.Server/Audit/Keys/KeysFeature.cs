namespace Signalbox.Server.Audit.Keys;

/// <summary>Registers the keys that sign the log.</summary>
internal static class KeysFeature
{
    public static void AddAuditKeys(this IServiceCollection services, KeyOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<AuditKeys>();
        services.AddSingleton<KeyRotation>();
    }
}
