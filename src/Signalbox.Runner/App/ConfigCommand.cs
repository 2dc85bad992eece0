using System.CommandLine;
using Signalbox.Runner.Configuration;
using Signalbox.Settings;

namespace Signalbox.Runner.App;

/// <summary><c>cicd-runner config</c>: checks a configuration, and prints the keys there are.</summary>
internal static class ConfigCommand
{
    public static Command Create(RunnerFlags flags) => new("config", "Check the configuration, or list its keys.") { CreateCheck(flags), CreateKeys() };

    /// <summary>The reference of all keys, as Markdown; committed as <c>docs/runner-configuration.md</c>.</summary>
    internal static string Reference()
    {
        var nothing = new Dictionary<string, string>(StringComparer.Ordinal);
        var settings = new SettingsReader(new SettingsSources(nothing, nothing, null) { Prefix = RunnerSettings.Prefix });
        RunnerOptions.Read(settings);
        var rows = settings.Known.Select(static key => $"| `{key.Key}` | {key.Allowed} | {(key.DefaultText.Length == 0 ? "–" : $"`{key.DefaultText}`")} | {key.Help} |");
        return "| key | takes | default | what it is for |\n| --- | --- | --- | --- |\n" + string.Join('\n', rows) + "\n";
    }

    private static Command CreateCheck(RunnerFlags flags)
    {
        var command = new Command("check", "Read file, environment and flags as run would, and report everything that is wrong; exit code 78 when something is.");
        command.SetAction(parsed =>
        {
            var environment = ProcessEnvironment.Read();
            var folder = Directory.GetCurrentDirectory();
            RunnerOptions.Read(flags.Open(parsed, environment, folder));
            Console.Out.WriteLine(flags.FileOf(parsed, environment, folder) is { } file ? $"The configuration holds: {Path.GetFullPath(file)}" : $"The configuration holds. There is no {ConfigurationFile.Name}; defaults, environment and flags count.");
        });
        return command;
    }

    private static Command CreateKeys()
    {
        var command = new Command("keys", "List every key with what it takes, its default and what it is for, as Markdown.");
        command.SetAction(static _ => Console.Out.Write(Reference()));
        return command;
    }
}
