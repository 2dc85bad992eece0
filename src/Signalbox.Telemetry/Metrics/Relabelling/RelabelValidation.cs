namespace Signalbox.Telemetry.Metrics.Relabelling;

/// <summary>Says what is wrong with a relabelling rule.</summary>
internal static class RelabelValidation
{
    public const string DefaultSeparator = ";";
    public const string DefaultReplacement = "$1";
    private const string DefaultRegex = "(.*)";

    /// <param name="pattern">The compiled expression; null when it is at fault.</param>
    public static List<string> FaultsOf(RelabelConfig config, out RelabelAction action, out RelabelPattern? pattern)
    {
        var faults = new List<string>();
        action = ActionOf(config.Action ?? "replace", faults);
        pattern = PatternOf(config.Regex ?? DefaultRegex, faults);
        if (action == RelabelAction.HashMod && config.Modulus is null or 0)
        {
            faults.Add("action hashmod needs a modulus of at least 1");
        }

        CheckTarget(config, action, faults);
        CheckUnused(config, action, faults);
        if (action == RelabelAction.LabelMap && config.Replacement is { Length: 0 })
        {
            faults.Add("action labelmap needs a replacement that is not empty");
        }

        if (config.SourceLabels?.Any(string.IsNullOrEmpty) == true)
        {
            faults.Add("source_labels has an empty name");
        }

        return faults;
    }

    private static RelabelAction ActionOf(string text, List<string> faults)
    {
        foreach (var action in Enum.GetValues<RelabelAction>())
        {
            if (action.ToString().Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return action;
            }
        }

        faults.Add($"action '{text}' is not one of {string.Join(", ", Enum.GetNames<RelabelAction>().Select(static name => name.ToLowerInvariant()))}");
        return RelabelAction.Replace;
    }

    private static RelabelPattern? PatternOf(string regex, List<string> faults)
    {
        try
        {
            return new RelabelPattern(regex);
        }
        catch (ArgumentException exception)
        {
            faults.Add($"regex '{regex}' is not valid: {exception.Message}");
            return null;
        }
    }

    private static void CheckTarget(RelabelConfig config, RelabelAction action, List<string> faults)
    {
        var needsTarget = action is RelabelAction.Replace or RelabelAction.HashMod or RelabelAction.Lowercase or RelabelAction.Uppercase
            or RelabelAction.KeepEqual or RelabelAction.DropEqual;
        if (needsTarget && string.IsNullOrEmpty(config.TargetLabel))
        {
            faults.Add($"action {NameOf(action)} needs a target_label");
        }
    }

    /// <summary>A key that the action would ignore is refused, because whoever wrote it expects something of it.</summary>
    private static void CheckUnused(RelabelConfig config, RelabelAction action, List<string> faults)
    {
        var onlyRegex = action is RelabelAction.LabelDrop or RelabelAction.LabelKeep;
        var equality = action is RelabelAction.KeepEqual or RelabelAction.DropEqual;
        var casing = action is RelabelAction.Lowercase or RelabelAction.Uppercase;
        Refuse(onlyRegex && config.SourceLabels is { Count: > 0 }, "source_labels");
        Refuse(onlyRegex && !string.IsNullOrEmpty(config.TargetLabel), "target_label");
        Refuse((onlyRegex || equality) && config.Separator is not (null or DefaultSeparator), "separator");
        Refuse((onlyRegex || equality) && config.Modulus is not (null or 0), "modulus");
        Refuse((onlyRegex || equality || casing) && config.Replacement is not (null or DefaultReplacement), "replacement");
        Refuse(equality && config.Regex is not (null or DefaultRegex), "regex");

        void Refuse(bool isUsed, string key)
        {
            if (isUsed)
            {
                faults.Add($"action {NameOf(action)} does not use {key}");
            }
        }
    }

    private static string NameOf(RelabelAction action) => action.ToString().ToLowerInvariant();
}
