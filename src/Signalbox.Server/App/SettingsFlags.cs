using System.Collections;
using System.CommandLine;
using Signalbox.Server.Platform;
using Signalbox.Settings;

namespace Signalbox.Server.App;

/// <summary>The flags that set configuration keys, and where the file is looked for.</summary>
internal sealed class SettingsFlags
{
    private const string DefaultFile = "signalbox.yaml";

    private readonly Option<string?> _file = new("--config") { Description = $"Configuration file (default: {DefaultFile} when it exists; SIGNALBOX_CONFIG).", HelpName = "FILE" };

    private readonly Option<string[]> _set = new("--set") { Description = "Set any key: --set metrics.retention=30d. May be repeated.", HelpName = "KEY=VALUE", AllowMultipleArgumentsPerToken = false };

    private readonly (Option<string?> Option, string Key)[] _keys =
    [
        (Flag("--data", "Data folder.", "FOLDER"), "data"),
        (Flag("--urls", "Addresses of console and API, separated by semicolons.", "URLS"), "urls"),
        (Flag("--otlp-http", "Address for OTLP over HTTP, or off.", "URL"), "otlp_http"),
        (Flag("--otlp-grpc", "Address for OTLP over gRPC, or off.", "URL"), "otlp_grpc"),
        (Flag("--log-level", "debug, info, warn or error.", "LEVEL"), "log.level"),
        (Flag("--log-format", "auto, json or text.", "FORMAT"), "log.format"),
    ];

    public void AddTo(Command command)
    {
        command.Options.Add(_file);
        foreach (var (option, _) in _keys)
        {
            command.Options.Add(option);
        }

        command.Options.Add(_set);
    }

    /// <summary>Opens the three sources for one invocation.</summary>
    /// <exception cref="SettingsException">The file cannot be read.</exception>
    /// <exception cref="StartupException">A <c>--set</c> has no equals sign.</exception>
    public SettingsReader Open(ParseResult parsed)
    {
        var environment = ReadEnvironment();
        var flags = SettingsFlagText.Parse(parsed.GetValue(_set) ?? []);
        foreach (var (option, key) in _keys)
        {
            if (parsed.GetValue(option) is { } value)
            {
                flags[key] = value;
            }
        }

        return Open(flags, environment, parsed.GetValue(_file), _keys.Where(set => parsed.GetValue(set.Option) is not null).ToDictionary(static set => set.Key, static set => set.Option.Name, StringComparer.Ordinal));
    }

    /// <summary>Opens the sources for a command that takes only some of the flags.</summary>
    /// <param name="flags">Keys and values, each given by the option of the key's own name.</param>
    /// <param name="file">As named; null for the one that serve would take.</param>
    public static SettingsReader Open(IReadOnlyDictionary<string, string> flags, string? file) =>
        Open(flags, ReadEnvironment(), file, flags.Keys.ToDictionary(static key => key, static key => $"--{key}", StringComparer.Ordinal));

    private static SettingsReader Open(IReadOnlyDictionary<string, string> flags, Dictionary<string, string> environment, string? named, IReadOnlyDictionary<string, string> options)
    {
        var file = named ?? environment.GetValueOrDefault("SIGNALBOX_CONFIG") ?? (File.Exists(DefaultFile) ? DefaultFile : null);
        return new SettingsReader(new SettingsSources(flags, environment, file is null ? null : SettingsFile.Read(file)) { Options = options });
    }

    private static Option<string?> Flag(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };

    private static Dictionary<string, string> ReadEnvironment()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? string.Empty;
        }

        return variables;
    }
}
