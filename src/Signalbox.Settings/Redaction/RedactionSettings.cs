using Signalbox.Sdk.Redaction;

namespace Signalbox.Settings.Redaction;

/// <summary>Reads what is erased beside what Signalbox knows, and what is not.</summary>
public static class RedactionSettings
{
    private const string Rules = "redaction.rules";
    private const string Disabled = "redaction.disabled";
    private const string Fields = "redaction.fields";
    private const string AllowFields = "redaction.allow_fields";
    private const string Masks = "redaction.masks";

    /// <summary>Of a longer name only so much is compared.</summary>
    private const int MaxNameLength = 96;

    public static RedactionOptions Read(SettingsReader settings)
    {
        var options = new RedactionOptions
        {
            AdditionalRules = ReadRules(settings),
            DisabledRules = settings.List(Disabled, "Ids of rules of docs/redaction.md that are not used."),
            MaskedNames = settings.List(Fields, "Names of members whose values are erased whole, beside those that Signalbox knows, by their last words: card number finds customerCardNumber."),
            AllowedNames = settings.List(AllowFields, "Names of members that are not erased because of their names, by their last words."),
            Masks = settings.List(Masks, "JSON Pointer patterns of members that are erased whole, within an event's before, after and data: /headers/*, /**/pin."),
        };
        CheckDisabled(settings, options.DisabledRules);
        CheckNames(settings, Fields, options.MaskedNames);
        CheckNames(settings, AllowFields, options.AllowedNames);
        CheckMasks(settings, options.Masks);
        foreach (var both in options.MaskedNames.Intersect(options.AllowedNames, StringComparer.OrdinalIgnoreCase))
        {
            settings.Fail(AllowFields, $"'{both}' stands in {Fields}, too.");
        }

        // What was wrong has been reported and stops the start; nobody uses these options then.
        return options;
    }

    private static List<RedactionRule> ReadRules(SettingsReader settings)
    {
        var rules = new List<RedactionRule>();
        switch (settings.Structure(Rules, "Rules of one's own: a list of {id, pattern, description, secret_group, entropy, keywords, allow, allow_patterns, stop_words}; docs/redaction.md says what they mean."))
        {
            case null or ScalarNode { Text: null }:
                break;
            case ListNode list:
                var taken = RedactionRules.All.Select(static rule => rule.Id).Concat(["field", "mask", "depth", "timeout"]).ToHashSet(StringComparer.Ordinal);
                rules.AddRange(SettingsSection.Of(settings, list, Rules).Select(section => RedactionRuleReader.Read(section, taken)).OfType<RedactionRule>());
                break;
            case var node:
                settings.Fail(node, Rules, $"A list belongs here, not {node.Kind}.");
                break;
        }

        return rules;
    }

    private static void CheckDisabled(SettingsReader settings, IReadOnlyList<string> ids)
    {
        var known = RedactionRules.All.Select(static rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        for (var index = 0; index < ids.Count; index++)
        {
            if (!known.Contains(ids[index]))
            {
                settings.Fail(Disabled, index, $"'{ids[index]}' is the id of no rule of Signalbox; docs/redaction.md lists them.");
            }
        }
    }

    private static void CheckNames(SettingsReader settings, string key, IReadOnlyList<string> names)
    {
        for (var index = 0; index < names.Count; index++)
        {
            if (names[index].Length > MaxNameLength || !names[index].Any(char.IsLetterOrDigit))
            {
                settings.Fail(key, index, $"'{names[index]}' is not allowed; write a name with letters or digits, of at most {MaxNameLength} characters.");
            }
        }
    }

    private static void CheckMasks(SettingsReader settings, IReadOnlyList<string> masks)
    {
        for (var index = 0; index < masks.Count; index++)
        {
            try
            {
                _ = new Redactor(new RedactionOptions { Rules = [], Masks = [masks[index]] });
            }
            catch (RedactionRuleException exception)
            {
                settings.Fail(Masks, index, exception.Message);
            }
        }
    }
}
