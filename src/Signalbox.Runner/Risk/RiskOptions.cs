using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Runner.Facts;
using Signalbox.Settings;

namespace Signalbox.Runner.Risk;

/// <summary>How much each finding counts.</summary>
internal sealed record RiskOptions
{
    /// <summary>Name of its part of <see cref="RunStart.Settings"/>.</summary>
    public const string SettingsName = "risk";

    private const string WeightsKey = "risk.weights";
    private const string PathsKey = "risk.paths";

    /// <summary>Points of the first finding by rule, 0 – 100; 0 switches a rule off. Rules that are not named have their defaults.</summary>
    public IReadOnlyDictionary<string, int> Weights { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Patterns of paths by rule, instead of the rule's own.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Paths { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>The score from which on a level counts.</summary>
    public int Medium { get; init; } = 25;

    public int High { get; init; } = 50;

    public int Critical { get; init; } = 75;

    /// <summary>Whether anything is other than it is without configuration.</summary>
    [JsonIgnore]
    public bool IsSet => Weights.Count > 0 || Paths.Count > 0 || Medium != 25 || High != 50 || Critical != 75;

    public static RiskOptions Read(SettingsReader settings)
    {
        var options = new RiskOptions
        {
            Weights = ReadWeights(settings),
            Paths = ReadPaths(settings),
            Medium = (int)settings.Integer("risk.medium", 25, 1, 100, "The score from which on a run's risk is medium."),
            High = (int)settings.Integer("risk.high", 50, 1, 100, "The score from which on a run's risk is high."),
            Critical = (int)settings.Integer("risk.critical", 75, 1, 100, "The score from which on a run's risk is critical."),
        };
        if (options.Medium > options.High || options.High > options.Critical)
        {
            settings.Fail("risk.high", "The levels must rise: risk.medium, risk.high, risk.critical.");
        }

        return options;
    }

    /// <summary>What a replay needs of it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RiskJson.Default.RiskOptions);

    /// <summary>The options that a run was started with.</summary>
    public static RiskOptions Of(RunStart start) =>
        start.Settings.TryGetValue(SettingsName, out var json) ? JsonSerializer.Deserialize(json, RiskJson.Default.RiskOptions) ?? new RiskOptions() : new RiskOptions();

    public int WeightOf(string rule) => Weights.TryGetValue(rule, out var weight) ? weight : RiskRule.Weights[rule];

    public IReadOnlyList<string> PathsOf(string rule) => Paths.TryGetValue(rule, out var paths) ? paths : RiskRule.Paths[rule];

    private static SortedDictionary<string, int> ReadWeights(SettingsReader settings)
    {
        var weights = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in Entries(settings, WeightsKey, "Points of the first finding by rule, 0 to 100; 0 switches a rule off. docs/runner-risk.md lists the rules."))
        {
            var rule = entry.Key.Text!;
            if (!RiskRule.Weights.ContainsKey(rule))
            {
                settings.Fail(entry.Key, $"{WeightsKey}.{rule}", $"There is no such rule; known are {string.Join(", ", RiskRule.Weights.Keys.Order(StringComparer.Ordinal))}.");
            }
            else if (entry.Value is ScalarNode { Text: { } text } && int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var points) && points <= 100)
            {
                weights[rule] = points;
            }
            else
            {
                settings.Fail(entry.Value, $"{WeightsKey}.{rule}", "Write a whole number from 0 to 100.");
            }
        }

        return weights;
    }

    private static SortedDictionary<string, IReadOnlyList<string>> ReadPaths(SettingsReader settings)
    {
        var paths = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var entry in Entries(settings, PathsKey, "Patterns of paths by rule, instead of those that the rule has; * is any text without /, ** any text. docs/runner-risk.md lists them."))
        {
            var rule = entry.Key.Text!;
            if (!RiskRule.Paths.ContainsKey(rule))
            {
                settings.Fail(entry.Key, $"{PathsKey}.{rule}", $"This rule has no paths; those that have are {string.Join(", ", RiskRule.Paths.Keys.Order(StringComparer.Ordinal))}.");
            }
            else if (entry.Value is ListNode { Items: var items } && items.All(static item => item is ScalarNode { Text.Length: > 0 }))
            {
                paths[rule] = [.. items.Select(static item => ((ScalarNode)item).Text!)];
            }
            else
            {
                settings.Fail(entry.Value, $"{PathsKey}.{rule}", "Write a list of patterns.");
            }
        }

        return paths;
    }

    private static IReadOnlyList<SettingsEntry> Entries(SettingsReader settings, string key, string help)
    {
        switch (settings.Structure(key, help))
        {
            case null or ScalarNode { Text: null }:
                return [];
            case MapNode map:
                return map.Entries;
            case var node:
                settings.Fail(node, key, $"A mapping belongs here, not {node.Kind}.");
                return [];
        }
    }
}
