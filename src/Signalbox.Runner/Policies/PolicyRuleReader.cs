using Signalbox.Settings;

namespace Signalbox.Runner.Policies;

/// <summary>Reads <c>policy.rules</c>.</summary>
internal static class PolicyRuleReader
{
    private const string Key = "policy.rules";
    private const int MaxRules = 1000;

    public static IReadOnlyList<PolicyRule> Read(SettingsReader settings)
    {
        var rules = new List<PolicyRule>();
        switch (settings.Structure(Key, "Rules: a list of {id, effect: allow or deny, actors, actions, paths, branches, tools, reason}; docs/runner-policy.md says what they mean."))
        {
            case null or ScalarNode { Text: null }:
                break;
            case ListNode list when list.Items.Count > MaxRules:
                settings.Fail(list, Key, $"There are {list.Items.Count} rules; at most {MaxRules} are read.");
                break;
            case ListNode list:
                var taken = new HashSet<string>(StringComparer.Ordinal);
                rules.AddRange(SettingsSection.Of(settings, list, Key).Select(section => Read(section, taken)).OfType<PolicyRule>());
                break;
            case var node:
                settings.Fail(node, Key, $"A list belongs here, not {node.Kind}.");
                break;
        }

        return rules;
    }

    /// <returns>Null when it cannot be used; the reader has been told.</returns>
    private static PolicyRule? Read(SettingsSection section, HashSet<string> taken)
    {
        var id = section.Text("id");
        var effect = section.Text("effect");
        var rule = new PolicyRule
        {
            Id = id ?? string.Empty,
            Allow = effect == "allow",
            Actors = section.Texts("actors") ?? [],
            Actions = section.Texts("actions") ?? [],
            Paths = section.Texts("paths") ?? [],
            Branches = section.Texts("branches") ?? [],
            Tools = section.Texts("tools") ?? [],
            Reason = section.Text("reason"),
        };
        section.Finish();
        var holds = CheckName(section, id, taken) & CheckEffect(section, effect) & CheckPatterns(section, "paths", rule.Paths) & CheckPatterns(section, "branches", rule.Branches);
        foreach (var (key, texts) in new[] { ("actors", rule.Actors), ("actions", rule.Actions), ("tools", rule.Tools) })
        {
            if (texts.Any(static text => text.Trim('!').Length == 0))
            {
                section.Fail(key, "An empty text fits nothing; leave it out, or write * for any.");
                holds = false;
            }
        }

        return holds ? rule : null;
    }

    private static bool CheckName(SettingsSection section, string? id, HashSet<string> taken)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            section.Fail("id", "This key is required: the name of the rule, by which decisions and audit records tell of it.");
            return false;
        }

        if (id is "default" or "on_error" || id.StartsWith("runner/", StringComparison.Ordinal) || !taken.Add(id))
        {
            section.Fail("id", $"'{id}' is taken; choose another name.");
            return false;
        }

        return true;
    }

    private static bool CheckEffect(SettingsSection section, string? effect)
    {
        if (effect is "allow" or "deny")
        {
            return true;
        }

        section.Fail("effect", effect is null ? "This key is required; write allow or deny." : $"'{effect}' is not allowed; write allow or deny.");
        return false;
    }

    private static bool CheckPatterns(SettingsSection section, string key, IReadOnlyList<string> patterns)
    {
        var holds = true;
        foreach (var pattern in patterns)
        {
            if (pattern.Contains('\\', StringComparison.Ordinal) || PathPattern.Parse(pattern.TrimStart('!')) is null)
            {
                section.Fail(key, $"'{pattern}' names no place; write names with / between them, * within a name and ** for any number of them, without . and .. and ~.");
                holds = false;
            }
        }

        return holds;
    }
}
