using System.Text.Json;
using Signalbox.Runner.Facts;
using Signalbox.Settings;

namespace Signalbox.Runner.Policies;

/// <summary>What an agent may do. A run keeps the policy it began with, whatever becomes of the file meanwhile.</summary>
internal sealed record PolicyOptions
{
    /// <summary>Name of its part of <see cref="RunStart.Settings"/>.</summary>
    public const string SettingsName = "policy";

    private const string HomePattern = ".cicd-runner/**";

    public IReadOnlyList<PolicyRule> Rules { get; init; } = [];

    /// <summary>Whether what neither a rule nor a policy server decides is allowed.</summary>
    public bool AllowsByDefault { get; init; } = true;

    /// <summary>Whether a call is allowed when no decision can be had.</summary>
    public bool AllowsOnError { get; init; }

    public OpaOptions? Opa { get; init; }

    /// <summary>Patterns of what the runner writes itself, which no agent may edit.</summary>
    public IReadOnlyList<string> OwnFiles { get; init; } = [HomePattern];

    /// <param name="runsFolder">As configured.</param>
    public static PolicyOptions Read(SettingsReader settings, string runsFolder) => new()
    {
        Rules = PolicyRuleReader.Read(settings),
        AllowsByDefault = settings.Choice("policy.default", "allow", "What counts for a call that may write when neither a rule nor a policy server has decided.", "allow", "deny") == "allow",
        AllowsOnError = settings.Choice("policy.opa.on_error", "deny", "What counts when a decision cannot be had: the policy server is not there, too slow or broken, or the hook's input cannot be read.", "deny", "allow") == "allow",
        Opa = OpaOptions.Read(settings),
        OwnFiles = OwnFilesOf(runsFolder.Replace('\\', '/').TrimEnd('/')),
    };

    /// <summary>Whether there is anything to decide by.</summary>
    public bool IsSet => Rules.Count > 0 || Opa is not null || !AllowsByDefault;

    /// <summary>What a hook and a replay need of it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PoliciesJson.Default.PolicyOptions);

    /// <summary>The policy that a run was started with.</summary>
    public static PolicyOptions Of(RunStart start) =>
        start.Settings.TryGetValue(SettingsName, out var json) ? JsonSerializer.Deserialize(json, PoliciesJson.Default.PolicyOptions) ?? new PolicyOptions() : new PolicyOptions();

    private static string[] OwnFilesOf(string runsFolder) =>
        runsFolder.StartsWith(".cicd-runner/", StringComparison.Ordinal) || PathPattern.Parse(runsFolder + "/**") is null ? [HomePattern] : [HomePattern, runsFolder + "/**"];
}
