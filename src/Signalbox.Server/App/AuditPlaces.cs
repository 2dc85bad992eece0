using Signalbox.Server.Audit.Shell;

namespace Signalbox.Server.App;

/// <summary>Reads from a server's settings where its audit log lies, for commands that work without the server.</summary>
internal static class AuditPlaces
{
    /// <param name="data">The data folder; null for the one that is set.</param>
    /// <param name="file">The configuration file; null for the one that serve would take.</param>
    /// <exception cref="Signalbox.Settings.SettingsException">The settings do not hold.</exception>
    public static AuditPlace Read(string? data, string? file)
    {
        var flags = new Dictionary<string, string>(StringComparer.Ordinal);
        if (data is not null)
        {
            flags["data"] = data;
        }

        var options = SignalboxOptions.Read(SettingsFlags.Open(flags, file));
        return new AuditPlace(options.Host.DataFolder, options.Control, options.Audit.Keys);
    }
}
