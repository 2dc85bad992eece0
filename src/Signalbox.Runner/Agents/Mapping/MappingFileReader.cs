using Signalbox.Settings;

namespace Signalbox.Runner.Agents.Mapping;

/// <summary>Reads the file of a mapping, strictly: every key that is not known and every path that cannot be is told with its place.</summary>
internal sealed class MappingFileReader(List<SettingsError> errors)
{
    private const int MaxEntries = 1000;

    private readonly MappingValueReader _values = new(errors);

    public AgentMapping Read(MapNode root, string text)
    {
        CheckKeys(root, "name", "type", "model", "model_options", "events");
        var name = Scalar(root, "name");
        if (string.IsNullOrWhiteSpace(name))
        {
            Fail(root, "name", "The agent's name is required here.");
        }

        var entries = new List<MappedEntry>();
        switch (root.Find("events"))
        {
            case ListNode { Items.Count: > 0 and <= MaxEntries } list:
                entries.AddRange(list.Items.Select(ReadEntry).OfType<MappedEntry>());
                break;
            case null:
                Fail(root, "events", "A list of events is required here.");
                break;
            case var node:
                Fail(node, "events", $"A list of 1 to {MaxEntries} events belongs here.");
                break;
        }

        return new AgentMapping
        {
            Name = name ?? string.Empty,
            Text = text,
            Type = root.Find("type") is { } type ? _values.Read(type, "type", inElement: false, allowObject: false) : new PathValue(JsonPath.Parse("$.type")!),
            Model = Scalar(root, "model"),
            ModelOptions = root.Find("model_options") is { } options ? _values.Texts(options, "model_options") : [],
            Entries = entries,
        };
    }

    private MappedEntry? ReadEntry(SettingsNode node)
    {
        if (node is not MapNode map)
        {
            Fail(node, "events", $"A mapping belongs here, not {node.Kind}.");
            return null;
        }

        CheckKeys(map, ["when", "each", "ignore", .. MappingSchema.Actions]);
        JsonPath? each = null;
        if (map.Find("each") is { } eachNode)
        {
            each = eachNode is ScalarNode { Text: { } path } ? JsonPath.Parse(path) : null;
            if (each is null or { IsOfElement: true })
            {
                Fail(eachNode, "each", "A path such as $.item.changes belongs here.");
            }
        }

        if (map.Find("when") is not { } when)
        {
            Fail(map, "when", "Say which lines this is for, such as {$.type: error}.");
            return null;
        }

        var actions = map.Entries
            .Where(static entry => MappingSchema.Actions.Contains(entry.Key.Text, StringComparer.Ordinal))
            .Select(entry => ReadAction(entry, each is not null))
            .ToList();
        var ignore = map.Find("ignore");
        if (ignore is not (null or ScalarNode { Text: "true" }))
        {
            Fail(ignore, "ignore", "Only true may stand here.");
        }

        if (ignore is null == (actions.Count == 0))
        {
            Fail(map, "events", $"Either one or more of {string.Join(", ", MappingSchema.Actions)} belong here, or ignore: true.");
        }

        return new MappedEntry(_values.Conditions(when, "when", inElement: false), each, actions);
    }

    private MappedAction ReadAction(SettingsEntry entry, bool inElement)
    {
        var kind = entry.Key.Text!;
        var values = new Dictionary<string, MappedValue>(StringComparer.Ordinal);
        var flags = new Dictionary<string, MappedCondition>(StringComparer.Ordinal);
        if (entry.Value is not MapNode map)
        {
            Fail(entry.Value, kind, $"A mapping belongs here, not {entry.Value.Kind}.");
            return new MappedAction(kind, values, flags);
        }

        CheckKeys(map, [.. MappingSchema.Values(kind), .. MappingSchema.Flags(kind)]);
        foreach (var member in map.Entries)
        {
            var name = member.Key.Text!;
            if (MappingSchema.Flags(kind).Contains(name, StringComparer.Ordinal))
            {
                flags[name] = _values.Flag(member.Value, $"{kind}.{name}", inElement);
            }
            else
            {
                values[name] = _values.Read(member.Value, $"{kind}.{name}", inElement, allowObject: name is "input" or "details");
            }
        }

        foreach (var name in MappingSchema.Required(kind))
        {
            if (!values.ContainsKey(name))
            {
                Fail(map, $"{kind}.{name}", "This key is required.");
            }
        }

        return new MappedAction(kind, values, flags);
    }

    private string? Scalar(MapNode map, string key)
    {
        switch (map.Find(key))
        {
            case null:
                return null;
            case ScalarNode { Text: var text }:
                return text;
            case var node:
                Fail(node, key, $"A single value belongs here, not {node.Kind}.");
                return null;
        }
    }

    private void CheckKeys(MapNode map, params string[] known)
    {
        foreach (var entry in map.Entries.Where(entry => !known.Contains(entry.Key.Text, StringComparer.Ordinal)))
        {
            Fail(entry.Key, entry.Key.Text!, $"This key is unknown; known are {string.Join(", ", known)}.");
        }
    }

    private void Fail(SettingsNode node, string key, string message) => errors.Add(new SettingsError(node.Place, key, message));
}
