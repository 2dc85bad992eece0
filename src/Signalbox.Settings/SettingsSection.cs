using System.Globalization;

namespace Signalbox.Settings;

/// <summary>Reads one mapping of a structured setting: gathers everything that is wrong with it, each with its place, and refuses keys that nobody asked for.</summary>
/// <param name="path">For messages, for instance <c>scrape_configs[2].basic_auth</c>.</param>
public sealed class SettingsSection(SettingsReader settings, MapNode map, string path)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public MapNode Map => map;

    /// <summary>Against which relative files are read.</summary>
    public string BaseFolder => Path.GetDirectoryName(Path.GetFullPath(map.File)) ?? ".";

    public bool Has(string key) => Find(key) is not null;

    public string? Text(string key)
    {
        switch (Find(key))
        {
            case null or ScalarNode { Text: null }:
                return null;
            case ScalarNode { Text: { } text }:
                return text;
            case var node:
                Fail(node, key, $"A single value belongs here, not {node.Kind}.");
                return null;
        }
    }

    public bool Switch(string key, bool defaultValue)
    {
        var text = Text(key);
        if (text is null or "true" or "false")
        {
            return text is null ? defaultValue : text == "true";
        }

        Fail(key, $"'{text}' is not allowed; write true or false.");
        return defaultValue;
    }

    public TimeSpan? Duration(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (DurationText.TryParse(text, out var duration) && duration > TimeSpan.Zero)
        {
            return duration;
        }

        Fail(key, $"'{text}' is not allowed; write a duration such as 15s or 1m30s.");
        return null;
    }

    public long? Integer(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        Fail(key, $"'{text}' is not allowed; write a whole number.");
        return null;
    }

    /// <param name="maximum">The minimum is 0.</param>
    public double? Number(string key, double maximum)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= maximum)
        {
            return value;
        }

        Fail(key, string.Create(CultureInfo.InvariantCulture, $"'{text}' is not allowed; write a number from 0 to {maximum}."));
        return null;
    }

    public long? Bytes(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (SizeText.TryParse(text, out var bytes))
        {
            return bytes;
        }

        Fail(key, $"'{text}' is not allowed; write a size such as 10MB.");
        return null;
    }

    /// <summary>A list of texts; null when the key is not there.</summary>
    public IReadOnlyList<string>? Texts(string key)
    {
        var node = Find(key);
        return node is null or ScalarNode { Text: null } ? null : TextsOf(node, key);
    }

    /// <summary>A mapping of names to texts.</summary>
    public IReadOnlyList<(SettingsNode Place, string Name, string Value)> Pairs(string key)
    {
        var pairs = new List<(SettingsNode, string, string)>();
        foreach (var entry in Entries(key))
        {
            if (entry.Value is ScalarNode { Text: var text })
            {
                pairs.Add((entry.Key, entry.Key.Text!, text ?? string.Empty));
            }
            else
            {
                Fail(entry.Value, $"{key}.{entry.Key.Text}", $"A single value belongs here, not {entry.Value.Kind}.");
            }
        }

        return pairs;
    }

    /// <summary>A mapping of names to lists of texts.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lists(string key) =>
        Entries(key).ToDictionary(static entry => entry.Key.Text!, entry => (IReadOnlyList<string>)TextsOf(entry.Value, $"{key}.{entry.Key.Text}"), StringComparer.Ordinal);

    public SettingsSection? Section(string key)
    {
        switch (Find(key))
        {
            case MapNode section:
                return new SettingsSection(settings, section, $"{path}.{key}");
            case null or ScalarNode { Text: null }:
                return null;
            case var node:
                Fail(node, key, $"A mapping belongs here, not {node.Kind}.");
                return null;
        }
    }

    public IReadOnlyList<SettingsSection> Sections(string key)
    {
        switch (Find(key))
        {
            case ListNode list:
                return Of(settings, list, $"{path}.{key}");
            case null or ScalarNode { Text: null }:
                return [];
            case var node:
                Fail(node, key, $"A list belongs here, not {node.Kind}.");
                return [];
        }
    }

    /// <summary>The mappings of a list.</summary>
    public static IReadOnlyList<SettingsSection> Of(SettingsReader settings, ListNode list, string path)
    {
        var sections = new List<SettingsSection>();
        for (var index = 0; index < list.Items.Count; index++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
            if (list.Items[index] is MapNode item)
            {
                sections.Add(new SettingsSection(settings, item, name));
            }
            else
            {
                settings.Fail(list.Items[index], name, $"A mapping belongs here, not {list.Items[index].Kind}.");
            }
        }

        return sections;
    }

    public void Fail(string key, string message) => Fail(Find(key) ?? map, key, message);

    public void Fail(SettingsNode node, string key, string message) => settings.Fail(node, key.Length == 0 ? path : $"{path}.{key}", message);

    /// <summary>Reports every key that nobody asked for.</summary>
    public void Finish()
    {
        foreach (var entry in map.Entries.Where(entry => !_asked.Contains(entry.Key.Text!)))
        {
            Fail(entry.Key, entry.Key.Text!, $"This key is unknown or not supported; known are {string.Join(", ", _asked.Order(StringComparer.Ordinal))}.");
        }
    }

    private SettingsNode? Find(string key)
    {
        _asked.Add(key);
        return map.Find(key);
    }

    private IReadOnlyList<SettingsEntry> Entries(string key)
    {
        switch (Find(key))
        {
            case MapNode section:
                return section.Entries;
            case null or ScalarNode { Text: null }:
                return [];
            case var node:
                Fail(node, key, $"A mapping belongs here, not {node.Kind}.");
                return [];
        }
    }

    private List<string> TextsOf(SettingsNode node, string key)
    {
        if (node is not ListNode list)
        {
            Fail(node, key, $"A list of texts belongs here, not {node.Kind}.");
            return [];
        }

        var texts = new List<string>();
        foreach (var item in list.Items)
        {
            if (item is ScalarNode { Text: { } text })
            {
                texts.Add(text);
            }
            else
            {
                Fail(item, key, $"A text belongs here, not {item.Kind}.");
            }
        }

        return texts;
    }
}
