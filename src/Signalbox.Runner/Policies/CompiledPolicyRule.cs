namespace Signalbox.Runner.Policies;

/// <summary>A rule ready to be asked.</summary>
/// <remarks>
/// What is not known counts against the call: a rule that denies on some branches fits when the branch is unknown, one that allows on some does not. The same holds
/// for a path that is written in more than one way: one is enough to deny, all are needed to allow.
/// </remarks>
internal sealed class CompiledPolicyRule(PolicyRule rule)
{
    private readonly PatternList<string> _actors = new(rule.Actors, static text => text);
    private readonly PatternList<string> _actions = new(rule.Actions, static text => text);
    private readonly PatternList<string> _tools = new(rule.Tools, static text => text);
    private readonly PatternList<PathPattern?> _paths = new(rule.Paths, PathPattern.Parse);
    private readonly PatternList<PathPattern?> _branches = new(rule.Branches, PathPattern.Parse);

    public PolicyRule Rule => rule;

    /// <summary>Whether it says something of tools by their names.</summary>
    public bool NamesTools => !_tools.IsEmpty;

    /// <param name="locations">Of each path of the target.</param>
    public bool Fits(PolicyQuestion question, PolicyTarget target, IReadOnlyList<IReadOnlyList<PolicyLocation>> locations) =>
        FitsText(_tools, question.Tool, StringComparison.Ordinal)
        && FitsText(_actions, target.Action, StringComparison.Ordinal)
        && FitsText(_actors, question.Run.Ci.Actor?.Id, StringComparison.OrdinalIgnoreCase)
        && FitsBranch(question.Run.Ci.Branch)
        && FitsPaths(target, locations);

    private bool FitsText(PatternList<string> patterns, string? text, StringComparison comparison)
    {
        if (patterns.IsEmpty)
        {
            return true;
        }

        return text is null ? !rule.Allow : patterns.Fits(pattern => TextPattern.Matches(pattern, text, comparison), pattern => TextPattern.Matches(pattern, text, comparison));
    }

    private bool FitsBranch(string? branch)
    {
        if (_branches.IsEmpty)
        {
            return true;
        }

        if (branch is null)
        {
            return !rule.Allow;
        }

        var segments = branch.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return _branches.Fits(pattern => pattern?.Matches(segments, StringComparison.Ordinal) == true, pattern => pattern?.Matches(segments, StringComparison.Ordinal) == true);
    }

    private bool FitsPaths(PolicyTarget target, IReadOnlyList<IReadOnlyList<PolicyLocation>> locations)
    {
        if (_paths.IsEmpty)
        {
            return true;
        }

        // What a tool that is not known writes to may be another path than the one that it names.
        if (locations.Count == 0 || (rule.Allow && target.ResourceType != "file"))
        {
            return false;
        }

        foreach (var places in locations)
        {
            var fits = rule.Allow ? places.All(FitsPlace) : places.Any(FitsPlace);
            if (fits != rule.Allow)
            {
                return fits;
            }
        }

        return rule.Allow;
    }

    private bool FitsPlace(PolicyLocation place) => _paths.Fits(pattern => Fits(pattern, place, !rule.Allow), pattern => Fits(pattern, place, rule.Allow));

    /// <param name="isWide">Whether a pattern such as <c>**/x</c> reaches beyond the repository: yes to deny, no to allow.</param>
    private static bool Fits(PathPattern? pattern, PolicyLocation place, bool isWide)
    {
        if (pattern is null)
        {
            return false;
        }

        if (!pattern.IsAbsolute && place.Relative is { } relative)
        {
            return pattern.Matches(relative, PolicyPath.Comparison);
        }

        return (pattern.IsAbsolute || (isWide && pattern.IsAnywhere)) && pattern.Matches(place.Segments, PolicyPath.Comparison);
    }
}
