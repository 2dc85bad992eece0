using System.CommandLine;
using Signalbox.Settings;

namespace Signalbox.Server.App;

/// <summary><c>signalbox config</c>: checks a configuration, and prints the keys there are.</summary>
internal static class ConfigCommand
{
    public static Command Create() => new("config", "Check the configuration, or list its keys.") { CreateCheck(), CreateKeys() };

    private static Command CreateCheck()
    {
        var flags = new SettingsFlags();
        var command = new Command("check", "Read file, environment and flags as serve would, and report everything that is wrong; exit code 78 when something is.");
        flags.AddTo(command);
        command.SetAction(parsed =>
        {
            SignalboxOptions.Read(flags.Open(parsed));
            Console.Out.WriteLine("The configuration holds.");
        });
        return command;
    }

    private static Command CreateKeys()
    {
        var command = new Command("keys", "List every key with what it takes, its default and what it is for, as Markdown.");
        command.SetAction(static _ => Console.Out.Write(Reference()));
        return command;
    }

    /// <summary>The reference of all keys, as Markdown; committed as <c>docs/configuration.md</c>.</summary>
    internal static string Reference()
    {
        var nothing = new Dictionary<string, string>(StringComparer.Ordinal);
        var settings = new SettingsReader(new SettingsSources(nothing, nothing, null));
        SignalboxOptions.Read(settings);
        var rows = settings.Known.Select(static key => $"| `{key.Key}` | {key.Allowed} | {(key.DefaultText.Length == 0 ? "–" : $"`{key.DefaultText}`")} | {key.Help} |");
        return "| key | takes | default | what it is for |\n| --- | --- | --- | --- |\n" + string.Join('\n', rows) + "\n";
    }
}
