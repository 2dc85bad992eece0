namespace Signalbox.Runner.Policies;

/// <summary>The rules of a run. One that denies wins over all that allow, wherever it stands; without one that fits there is no answer.</summary>
internal sealed class PolicyRules
{
    /// <summary>Id of the rule that keeps an agent from writing into the folders of runs.</summary>
    public const string OwnFilesId = "runner/own-files";

    /// <summary>Id of the refusal of a path that no system takes, or whose links lead in a circle: nobody can say which file it means.</summary>
    public const string UnreadablePathId = "runner/unreadable-path";

    private const string EditFile = "tool_use/edit_file";

    private readonly List<CompiledPolicyRule> _rules = [];

    public PolicyRules(PolicyOptions options)
    {
        _rules.Add(new CompiledPolicyRule(new PolicyRule
        {
            Id = OwnFilesId,
            Allow = false,
            Actions = [EditFile],
            Paths = options.OwnFiles,
            Reason = "What the runner writes down of a run is not for the agent to change.",
        }));
        _rules.AddRange(options.Rules.Select(static rule => new CompiledPolicyRule(rule)));
    }

    /// <returns>Null when no rule has an answer.</returns>
    public RuleVerdict? Decide(PolicyQuestion question, PolicyPath paths)
    {
        var folder = question.Folder ?? question.Run.Folder;
        var allowing = new List<PolicyRule>();
        var denying = new List<(PolicyRule Rule, PolicyTarget Target)>();
        foreach (var target in question.Targets)
        {
            var locations = target.Paths.Select(path => paths.Locations(path, folder)).OfType<IReadOnlyList<PolicyLocation>>().ToList();
            if (locations.Count < target.Paths.Count)
            {
                return new RuleVerdict(false, UnreadablePathId, ["The path does not tell which file is meant."]);
            }

            var fitting = _rules.FindAll(rule => rule.Fits(question, target, locations));
            denying.AddRange(fitting.Where(static rule => !rule.Rule.Allow).Select(rule => (rule.Rule, target)));
            if (fitting.Find(static rule => rule.Rule.Allow) is { } allows)
            {
                allowing.Add(allows.Rule);
            }
        }

        if (denying.Count > 0)
        {
            return new RuleVerdict(false, denying[0].Rule.Id, [.. denying.Select(static found => ReasonOf(found.Rule, found.Target)).Distinct(StringComparer.Ordinal)]);
        }

        // All that a call does must be allowed for the call to be.
        return allowing.Count > 0 && allowing.Count == question.Targets.Count
            ? new RuleVerdict(true, allowing[0].Id, [.. allowing.Select(static rule => rule.Reason).OfType<string>().Distinct(StringComparer.Ordinal)])
            : null;
    }

    private static string ReasonOf(PolicyRule rule, PolicyTarget target) => rule.Reason is null ? $"Rule {rule.Id} denies {target.Action} on {target.Resource}." : $"{rule.Reason} (rule {rule.Id})";
}

/// <summary>What the rules say.</summary>
internal sealed record RuleVerdict(bool Allow, string PolicyId, IReadOnlyList<string> Reasons);
