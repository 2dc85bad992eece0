using System.CommandLine;
using Signalbox.Settings;

namespace Signalbox.Runner.Configuration;

/// <summary>The flags that set configuration keys, and where the file is looked for.</summary>
internal sealed class RunnerFlags
{
    private readonly Option<string?> _file = new("--config")
    {
        Description = $"Configuration file (default: {ConfigurationFile.Name} of the working folder or a parent within the repository; {ConfigurationFile.Variable}).",
        HelpName = "FILE",
        Recursive = true,
    };

    private readonly Option<string[]> _set = new("--set") { Description = "Set any key: --set budget.usd=5. May be repeated.", HelpName = "KEY=VALUE", AllowMultipleArgumentsPerToken = false, Recursive = true };

    private readonly (Option<string?> Option, string Key)[] _keys =
    [
        (Flag("--log-format", "auto, json or text.", "FORMAT"), "log.format"),
        (Flag("--log-level", "debug, info, warn or error.", "LEVEL"), "log.level"),
        (Flag("--agent", "auto, none, claude-code or the name of a mapping.", "NAME"), "agent.kind"),
        (Flag("--runs-folder", "Folder of the runs' folders.", "FOLDER"), "runs.folder"),
        (Flag("--memory-limit", "Memory of command and runner together, such as 512MiB.", "SIZE"), "resources.memory.limit_bytes"),
        (Flag("--budget-tokens", "Tokens after which the run is stopped.", "NUMBER"), "budget.tokens"),
        (Flag("--budget-usd", "US dollars after which the run is stopped.", "AMOUNT"), "budget.usd"),
        (Flag("--budget-minutes", "Minutes after which the run is stopped.", "NUMBER"), "budget.minutes"),
        (Flag("--budget-turns", "Turns of the agent after which the run is stopped.", "NUMBER"), "budget.turns"),
        (Flag("--metrics-file", "File for the metrics at the end.", "FILE"), "metrics.file"),
        (Flag("--summary-file", "File for the summary at the end.", "FILE"), "summary.file"),
    ];

    /// <summary>Adds the flags to a command and all below it.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_file);
        command.Options.Add(_set);
        foreach (var (option, _) in _keys)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The file that counts for an invocation; null without one.</summary>
    public string? FileOf(ParseResult parsed, IReadOnlyDictionary<string, string> environment, string folder) => RunnerSettings.FileOf(environment, parsed.GetValue(_file), folder);

    /// <summary>Opens the three sources for one invocation.</summary>
    /// <exception cref="SettingsException">The file cannot be read, or a <c>--set</c> has no equals sign.</exception>
    public SettingsReader Open(ParseResult parsed, IReadOnlyDictionary<string, string> environment, string folder)
    {
        var flags = SettingsFlagText.Parse(parsed.GetValue(_set) ?? []);
        foreach (var (option, key) in _keys)
        {
            if (parsed.GetValue(option) is { } value)
            {
                flags[key] = value;
            }
        }

        return RunnerSettings.Open(flags, environment, parsed.GetValue(_file), folder, _keys.Where(set => parsed.GetValue(set.Option) is not null).ToDictionary(static set => set.Key, static set => set.Option.Name, StringComparer.Ordinal));
    }

    private static Option<string?> Flag(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName, Recursive = true };
}
