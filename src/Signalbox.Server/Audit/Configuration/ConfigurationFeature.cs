namespace Signalbox.Server.Audit.Configuration;

/// <summary>Registers what shows and changes how long the log is kept.</summary>
internal static class ConfigurationFeature
{
    public static void AddAuditConfiguration(this IServiceCollection services) => services.AddSingleton<ConfigurationDesk>();
}
