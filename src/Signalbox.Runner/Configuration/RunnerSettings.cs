using Signalbox.Runner.Processes;
using Signalbox.Settings;

namespace Signalbox.Runner.Configuration;

/// <summary>Opens the runner's settings: flags, then <c>CICD_RUNNER_SECTION__KEY</c> of the environment, then the file.</summary>
internal static class RunnerSettings
{
    public const string Prefix = "CICD_RUNNER_";

    /// <summary>The run's folder, for programs that the command starts, such as the hook.</summary>
    public const string FolderVariable = "CICD_RUNNER_FOLDER";

    /// <summary>The run's id, for programs that the command starts.</summary>
    public const string RunVariable = "CICD_RUNNER_RUN_ID";

    /// <summary>SHA-256 of the run's <c>run.json</c>, so that a hook notices when somebody has put another policy there.</summary>
    public const string StartVariable = "CICD_RUNNER_START_SHA256";

    private static readonly HashSet<string> OtherVariables = new(StringComparer.Ordinal) { ConfigurationFile.Variable, FolderVariable, RunVariable, StartVariable, RunMark.Variable };

    /// <param name="flags">Dotted key to value.</param>
    /// <param name="file">As named on the command line; null for the one that the environment names or that is found, empty for none.</param>
    /// <param name="folder">The working folder.</param>
    /// <param name="options">Option by key, of those flags that were not given as <c>--set</c>; null without any.</param>
    /// <exception cref="SettingsException">The file cannot be read.</exception>
    public static SettingsReader Open(
        IReadOnlyDictionary<string, string> flags, IReadOnlyDictionary<string, string> environment, string? file, string folder, IReadOnlyDictionary<string, string>? options = null)
    {
        var path = FileOf(environment, file, folder);
        return new SettingsReader(new SettingsSources(flags, environment, path is null ? null : SettingsFile.Read(path))
        {
            Prefix = Prefix,
            OtherVariables = OtherVariables,
            Options = options ?? new Dictionary<string, string>(StringComparer.Ordinal),
        });
    }

    /// <summary>The file that counts; null without one, as when its name is empty.</summary>
    public static string? FileOf(IReadOnlyDictionary<string, string> environment, string? named, string folder)
    {
        named ??= environment.GetValueOrDefault(ConfigurationFile.Variable);
        return named is null ? ConfigurationFile.Find(folder) : named.Length == 0 ? null : named;
    }
}
