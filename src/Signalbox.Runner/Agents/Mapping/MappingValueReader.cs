using Signalbox.Settings;

namespace Signalbox.Runner.Agents.Mapping;

/// <summary>Reads the values and conditions of a mapping.</summary>
internal sealed class MappingValueReader(List<SettingsError> errors)
{
    /// <summary>A text; a path when it begins with <c>$</c>; a text with paths in braces; a list of these, of which the first that is there counts.</summary>
    /// <param name="inElement">Whether <c>$each</c> and <c>$index</c> mean something here.</param>
    /// <param name="allowObject">Whether a mapping may stand here, which makes an object.</param>
    public MappedValue Read(SettingsNode node, string key, bool inElement, bool allowObject)
    {
        switch (node)
        {
            case ScalarNode scalar:
                return ReadScalar(scalar, key, inElement);
            case ListNode { Items.Count: > 0 } list:
                return new FirstValue([.. list.Items.Select(item => Read(item, key, inElement, allowObject))]);
            case MapNode map when allowObject:
                return new ObjectValue([.. map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text!, Read(entry.Value, $"{key}.{entry.Key.Text}", inElement, allowObject: true)))]);
            default:
                Fail(node, key, $"A text, a path or a list of these belongs here, not {node.Kind}.");
                return new ConstantValue(string.Empty);
        }
    }

    /// <summary>A mapping of paths to what must stand there; all of it must hold.</summary>
    public MappedCondition Conditions(SettingsNode node, string key, bool inElement)
    {
        if (node is not MapNode { Entries.Count: > 0 } map)
        {
            Fail(node, key, "A mapping of paths to values belongs here, such as {$.type: error}.");
            return new Fixed(false);
        }

        return new AllOf([.. map.Entries.Select(entry => Condition(entry, key, inElement))]);
    }

    /// <summary><c>true</c>, <c>false</c>, a path to one of these, or conditions.</summary>
    public MappedCondition Flag(SettingsNode node, string key, bool inElement) => node switch
    {
        ScalarNode { Text: "true" or "false" } scalar => new Fixed(scalar.Text == "true"),
        ScalarNode { Text: { } text } scalar when text.StartsWith('$') => new IsTrue(ReadScalar(scalar, key, inElement)),
        _ => Conditions(node, key, inElement),
    };

    /// <summary>A text or a list of texts.</summary>
    public IReadOnlyList<string> Texts(SettingsNode node, string key)
    {
        switch (node)
        {
            case ScalarNode { Text: { } text }:
                return [text];
            case ListNode list:
                return [.. list.Items.SelectMany(item => Texts(item, key))];
            default:
                Fail(node, key, $"A text or a list of texts belongs here, not {node.Kind}.");
                return [];
        }
    }

    private MappedCondition Condition(SettingsEntry entry, string key, bool inElement)
    {
        var value = ReadScalar(entry.Key, key, inElement);
        if (value is not PathValue)
        {
            Fail(entry.Key, key, $"'{entry.Key.Text}' is no path; a path begins with $, such as $.type.");
        }

        switch (entry.Value)
        {
            case MapNode { Entries: [{ Key.Text: "not" } negated] }:
                return new IsOneOf(value, Texts(negated.Value, key), Negated: true);
            case MapNode { Entries: [{ Key.Text: "present", Value: ScalarNode { Text: "true" or "false" } wanted }] }:
                return new IsPresent(value, wanted.Text == "true");
            case MapNode map:
                Fail(map, key, "Only {not: …} or {present: true} may stand here.");
                return new Fixed(false);
            default:
                return new IsOneOf(value, Texts(entry.Value, key), Negated: false);
        }
    }

    private MappedValue ReadScalar(ScalarNode scalar, string key, bool inElement)
    {
        var text = scalar.Text ?? string.Empty;
        return text.StartsWith('$') ? ReadPath(scalar, text, key, inElement) : text.Contains("{$", StringComparison.Ordinal) ? ReadTemplate(scalar, text, key, inElement) : new ConstantValue(text);
    }

    private MappedValue ReadPath(ScalarNode scalar, string text, string key, bool inElement)
    {
        if (JsonPath.Parse(text) is not { } path)
        {
            Fail(scalar, key, $"'{text}' is no path; write it like $.item.id, $.items[0] or $['a name'].");
            return new ConstantValue(string.Empty);
        }

        if (path.IsOfElement && !inElement)
        {
            Fail(scalar, key, $"'{text}' means something only beside each.");
        }

        return new PathValue(path);
    }

    private TemplateValue ReadTemplate(ScalarNode scalar, string text, string key, bool inElement)
    {
        var parts = new List<MappedValue>();
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var start = rest.IndexOf("{$");
            var end = start < 0 ? -1 : rest[start..].IndexOf('}') + start;
            if (start < 0 || end < start)
            {
                parts.Add(new ConstantValue(rest.ToString()));
                break;
            }

            if (start > 0)
            {
                parts.Add(new ConstantValue(rest[..start].ToString()));
            }

            parts.Add(ReadPath(scalar, rest[(start + 1)..end].ToString(), key, inElement));
            rest = rest[(end + 1)..];
        }

        return new TemplateValue(parts);
    }

    private void Fail(SettingsNode node, string key, string message) => errors.Add(new SettingsError(node.Place, key, message));
}
