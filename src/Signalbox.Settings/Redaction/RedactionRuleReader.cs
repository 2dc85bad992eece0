using Signalbox.Sdk.Redaction;

namespace Signalbox.Settings.Redaction;

/// <summary>Reads one rule of <c>redaction.rules</c> and tries it, so that what is wrong with it is told with its place.</summary>
public static class RedactionRuleReader
{
    /// <param name="taken">Ids that are in use; the rule's is added.</param>
    /// <returns>Null when something was wrong.</returns>
    public static RedactionRule? Read(SettingsSection section, HashSet<string> taken)
    {
        var id = Required(section, "id");
        var pattern = Required(section, "pattern");
        var description = section.Text("description");
        var rule = new RedactionRule
        {
            Id = id ?? string.Empty,
            Description = description ?? $"Rule {id} of the settings",
            Pattern = pattern ?? string.Empty,
            SecretGroup = section.Text("secret_group"),
            MinimumEntropy = section.Number("entropy", 8) ?? 0,
            Keywords = section.Texts("keywords") ?? [],
            AllowValues = section.Texts("allow") ?? [],
            AllowPatterns = section.Texts("allow_patterns") ?? [],
            StopWords = section.Texts("stop_words"),
        };
        section.Finish();
        if (id is null || pattern is null)
        {
            return null;
        }

        if (!taken.Add(id))
        {
            section.Fail("id", $"There is a rule '{id}' already; choose another id, and put that of a rule which this one replaces into redaction.disabled.");
            return null;
        }

        try
        {
            _ = new Redactor(new RedactionOptions { Rules = [], AdditionalRules = [rule] });
            return rule;
        }
        catch (RedactionRuleException exception)
        {
            section.Fail(string.Empty, exception.Message);
            return null;
        }
    }

    private static string? Required(SettingsSection section, string key)
    {
        if (section.Text(key) is { Length: > 0 } text)
        {
            return text;
        }

        section.Fail(key, "This key is required.");
        return null;
    }
}
