using Signalbox.Settings;

namespace Signalbox.Server.Audit.Vocabulary;

/// <summary>What applications report beside what the log knows by itself.</summary>
/// <param name="Actions">Names; a last <c>*</c> stands for any ending.</param>
/// <param name="ResourceTypes">As <paramref name="Actions"/>.</param>
internal sealed record VocabularyOptions(IReadOnlyList<string> Actions, IReadOnlyList<string> ResourceTypes)
{
    public const string ActionsKey = "audit.actions";
    public const string ResourceTypesKey = "audit.resource_types";

    /// <summary>As many as a list for people to choose from can have.</summary>
    private const int Most = 500;

    private const int Longest = 100;

    public static VocabularyOptions Read(SettingsReader settings) => new(
        Names(settings, ActionsKey, "Actions that applications report, such as order.refund; order.* stands for all that begin so. What Signalbox records itself cannot be among them."),
        Names(settings, ResourceTypesKey, "Kinds of things that applications report actions on, such as order; shop/* stands for all that begin so."));

    private static IReadOnlyList<string> Names(SettingsReader settings, string key, string help)
    {
        var names = settings.List(key, help);
        if (names.Count > Most)
        {
            settings.Fail(key, $"{names.Count} names are more than {Most}; a last * stands for any ending.");
        }

        foreach (var name in names)
        {
            if (!IsName(name))
            {
                settings.Fail(key, $"'{name}' is no name: at most {Longest} of the letters a to z, digits and . _ / -, beginning with a letter; a * only at the end, after one of . / _ -.");
            }
        }

        foreach (var name in names.GroupBy(static name => name, StringComparer.Ordinal).Where(static same => same.Count() > 1))
        {
            settings.Fail(key, $"'{name.Key}' is there twice.");
        }

        return names;
    }

    private static bool IsName(string name)
    {
        var fixedPart = name.EndsWith('*') ? name[..^1] : name;
        return name.Length is > 0 and <= Longest
            && fixedPart.Length > 0
            && fixedPart[0] is >= 'a' and <= 'z'
            && fixedPart.All(static letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '/' or '-')
            && (fixedPart.Length == name.Length || fixedPart[^1] is '.' or '/' or '_' or '-');
    }
}
