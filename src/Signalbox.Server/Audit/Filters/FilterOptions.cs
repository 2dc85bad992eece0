using Signalbox.Settings;

namespace Signalbox.Server.Audit.Filters;

/// <summary>The bounds of saved filters.</summary>
/// <param name="PerUser">Filters that one person may keep in one tenant; more are refused and counted.</param>
internal sealed record FilterOptions(int PerUser)
{
    public static FilterOptions Read(SettingsReader settings) =>
        new((int)settings.Integer("audit.filters_per_user", 100, 1, 1000, "Searches of the audit log that one person may keep under a name in one tenant; more are refused."));
}
