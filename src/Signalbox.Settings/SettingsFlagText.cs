namespace Signalbox.Settings;

/// <summary>Reads the texts of <c>--set</c>.</summary>
public static class SettingsFlagText
{
    /// <param name="assignments">Each <c>key=value</c>; the last of a key counts.</param>
    /// <exception cref="SettingsException">One has no equals sign behind a key.</exception>
    public static Dictionary<string, string> Parse(IEnumerable<string> assignments)
    {
        var flags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var assignment in assignments)
        {
            var split = assignment.IndexOf('=', StringComparison.Ordinal);
            if (split <= 0)
            {
                throw new SettingsException([new SettingsError("flag --set", string.Empty, $"'{assignment}' is not allowed; write KEY=VALUE.")]);
            }

            flags[assignment[..split]] = assignment[(split + 1)..];
        }

        return flags;
    }
}
