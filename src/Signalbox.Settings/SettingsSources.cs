namespace Signalbox.Settings;

/// <summary>The three places settings come from, looked up by dotted key.</summary>
/// <param name="Flags">Dotted key to value, as given on the command line.</param>
/// <param name="Environment">The process's environment; <c>SIGNALBOX_METRICS__RETENTION</c> sets <c>metrics.retention</c>.</param>
/// <param name="File">The parsed configuration file, or null.</param>
public sealed record SettingsSources(IReadOnlyDictionary<string, string> Flags, IReadOnlyDictionary<string, string> Environment, MapNode? File)
{
    /// <summary>What the names of this program's variables begin with.</summary>
    public string Prefix { get; init; } = "SIGNALBOX_";

    /// <summary>Variables of that prefix that are no key: those that address the command-line client or name the file itself.</summary>
    public IReadOnlySet<string> OtherVariables { get; init; } =
        new HashSet<string>(StringComparer.Ordinal) { "SIGNALBOX_CONFIG", "SIGNALBOX_SERVER", "SIGNALBOX_TOKEN", "SIGNALBOX_TENANT", "SIGNALBOX_CONFORMANCE" };

    /// <summary>Options of the command line that set a key, by key; every other flag was given as <c>--set</c>.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string BaseFolder => File is null ? "." : Path.GetDirectoryName(Path.GetFullPath(File.File)) ?? ".";

    /// <summary>The value that wins, or null; a structure where a value belongs is added to <paramref name="errors"/>.</summary>
    public SettingsValue? Find(string key, List<SettingsError> errors)
    {
        if (FindOutsideFile(key) is { } outside)
        {
            return outside;
        }

        switch (FindNode(key))
        {
            case ScalarNode { Text: { } text } scalar:
                return new SettingsValue(text, scalar.Place);
            case null or ScalarNode:
                return null;
            case var node:
                errors.Add(new SettingsError(node.Place, key, $"A single value belongs here, not {node.Kind}."));
                return null;
        }
    }

    public IReadOnlyList<string> FindList(string key, List<SettingsError> errors)
    {
        if (FindOutsideFile(key) is { } outside)
        {
            return outside.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }

        var texts = new List<string>();
        switch (FindNode(key))
        {
            case ListNode list:
                foreach (var item in list.Items)
                {
                    if (item is ScalarNode { Text: { } text })
                    {
                        texts.Add(text);
                    }
                    else
                    {
                        errors.Add(new SettingsError(item.Place, key, $"A text belongs here, not {item.Kind}."));
                    }
                }

                break;
            case ScalarNode { Text: { } single }:
                texts.Add(single);
                break;
            case null or ScalarNode:
                break;
            case var node:
                errors.Add(new SettingsError(node.Place, key, $"A list belongs here, not {node.Kind}."));
                break;
        }

        return texts;
    }

    /// <summary>A structure; outside the file it is written as YAML, for instance <c>{sre: admin}</c>. What is wrong with it is added to <paramref name="errors"/>.</summary>
    public SettingsNode? FindStructure(string key, List<SettingsError> errors)
    {
        if (FindOutsideFile(key) is not { } outside)
        {
            return FindNode(key);
        }

        try
        {
            return SettingsFile.ParseAny(outside.Text, outside.Place);
        }
        catch (SettingsException exception)
        {
            errors.AddRange(exception.Errors.Select(error => error with { Key = key }));
            return null;
        }
    }

    public SettingsNode? FindNode(string key)
    {
        SettingsNode? node = File;
        foreach (var part in key.Split('.'))
        {
            node = (node as MapNode)?.Find(part);
        }

        return node;
    }

    public bool IsSetOutsideFile(string key) => FindOutsideFile(key) is not null;

    public string PlaceOf(string key) => FindOutsideFile(key)?.Place ?? FindNode(key)?.Place ?? "default";

    public string PlaceOf(string key, int item) =>
        FindOutsideFile(key) is null && FindNode(key) is ListNode list && item < list.Items.Count ? list.Items[item].Place : PlaceOf(key);

    /// <summary>Errors for keys of the file and variables of the environment that are none of <paramref name="known"/>.</summary>
    public IEnumerable<SettingsError> Unknown(IReadOnlyCollection<string> known)
    {
        var variables = known.Select(VariableOf).ToHashSet(StringComparer.Ordinal);
        var fromEnvironment = Environment.Keys
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !variables.Contains(name) && !OtherVariables.Contains(name))
            .Order(StringComparer.Ordinal)
            .Select(name => new SettingsError($"environment {name}", KeyOf(name), $"This key is unknown.{Nearest(KeyOf(name), known)}"));
        var fromFlags = Flags.Keys
            .Where(key => !known.Contains(key, StringComparer.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(key => new SettingsError("flag --set", key, $"This key is unknown.{Nearest(key, known)}"));
        return (File is null ? [] : UnknownIn(File, string.Empty, known)).Concat(fromEnvironment).Concat(fromFlags);
    }

    private string VariableOf(string key) => Prefix + key.Replace(".", "__", StringComparison.Ordinal).ToUpperInvariant();

    private string KeyOf(string variable) => variable[Prefix.Length..].Replace("__", ".", StringComparison.Ordinal).ToLowerInvariant();

    private static IEnumerable<SettingsError> UnknownIn(MapNode map, string prefix, IReadOnlyCollection<string> known)
    {
        foreach (var entry in map.Entries)
        {
            var key = prefix + entry.Key.Text;
            if (known.Contains(key, StringComparer.Ordinal))
            {
                continue;
            }

            if (entry.Value is MapNode inner && known.Any(name => name.StartsWith(key + ".", StringComparison.Ordinal)))
            {
                foreach (var error in UnknownIn(inner, key + ".", known))
                {
                    yield return error;
                }
            }
            else if (!known.Any(name => name.StartsWith(key + ".", StringComparison.Ordinal)) || entry.Value is not ScalarNode { Text: null })
            {
                yield return known.Any(name => name.StartsWith(key + ".", StringComparison.Ordinal))
                    ? new SettingsError(entry.Value.Place, key, $"A mapping belongs here, not {entry.Value.Kind}.")
                    : new SettingsError(entry.Key.Place, key, $"This key is unknown.{Nearest(key, known)}");
            }
        }
    }

    private static string Nearest(string key, IEnumerable<string> known)
    {
        var nearest = known.Select(name => (Name: name, Distance: EditDistance(key, name))).OrderBy(static pair => pair.Distance).FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(2, key.Length / 4) ? $" Did you mean {nearest.Name}?" : string.Empty;
    }

    private static int EditDistance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }

    private SettingsValue? FindOutsideFile(string key)
    {
        if (Flags.TryGetValue(key, out var flag))
        {
            return new SettingsValue(flag, $"flag {Options.GetValueOrDefault(key, "--set")}");
        }

        var variable = VariableOf(key);
        return Environment.TryGetValue(variable, out var value) ? new SettingsValue(value, $"environment {variable}") : null;
    }
}

/// <summary>A value as written, and where.</summary>
public readonly record struct SettingsValue(string Text, string Place);
