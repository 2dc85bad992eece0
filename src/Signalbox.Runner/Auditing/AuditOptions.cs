using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Runner.Facts;
using Signalbox.Settings;

namespace Signalbox.Runner.Auditing;

/// <summary>What of a run becomes audit records, beside what is known.</summary>
internal sealed record AuditOptions
{
    /// <summary>Name of its part of <see cref="RunStart.Settings"/>.</summary>
    public const string SettingsName = "audit";

    private const string ToolsKey = "audit.tools";

    /// <summary>A second file of the records, beside that of the run's folder: appended, a line a record. Null: none.</summary>
    [JsonIgnore]
    public string? File { get; init; }

    /// <summary>Tried in their order, before the tools that are known.</summary>
    public IReadOnlyList<ToolRule> Tools { get; init; } = [];

    /// <summary>Beginnings of answers by which an agent tells that a call was refused, beside those that are known.</summary>
    public IReadOnlyList<string> DenialTexts { get; init; } = [];

    /// <summary>Whether there is anything that a replay needs.</summary>
    [JsonIgnore]
    public bool IsSet => Tools.Count > 0 || DenialTexts.Count > 0;

    public static AuditOptions Read(SettingsReader settings) => new()
    {
        File = settings.OptionalText("audit.file", "A further file to which audit records are appended, one JSON object a line, beside audit.jsonl in the run's folder."),
        Tools = ReadTools(settings),
        DenialTexts = settings.List("audit.denial_texts", "Beginnings of a tool's answers that tell of a refusal and not of a failure, beside those that the runner knows."),
    };

    /// <summary>What a replay needs of it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, AuditJson.Default.AuditOptions);

    /// <summary>The options that a run was started with.</summary>
    public static AuditOptions Of(RunStart start) =>
        start.Settings.TryGetValue(SettingsName, out var json) ? JsonSerializer.Deserialize(json, AuditJson.Default.AuditOptions) ?? new AuditOptions() : new AuditOptions();

    private static List<ToolRule> ReadTools(SettingsReader settings)
    {
        var rules = new List<ToolRule>();
        switch (settings.Structure(ToolsKey, "Which tool is which action: a list of {tool, action, resource_type, resource}; docs/runner-audit.md says what they mean."))
        {
            case null or ScalarNode { Text: null }:
                break;
            case ListNode list:
                rules.AddRange(SettingsSection.Of(settings, list, ToolsKey).Select(ToolRule.Read).OfType<ToolRule>());
                break;
            case var node:
                settings.Fail(node, ToolsKey, $"A list belongs here, not {node.Kind}.");
                break;
        }

        return rules;
    }
}
