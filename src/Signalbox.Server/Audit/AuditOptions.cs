using Signalbox.Server.Platform.Settings;

namespace Signalbox.Server.Audit;

/// <summary>The bounds of the audit log.</summary>
internal sealed record AuditOptions
{
    public static AuditOptions Read(SettingsReader settings) => settings is null ? throw new ArgumentNullException(nameof(settings)) : new AuditOptions();
}
