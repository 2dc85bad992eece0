using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signalbox.Sdk.Redaction;

/// <summary>Redacts one tree; nodes are copied only where something below them changes.</summary>
internal sealed class JsonRedaction(Redactor redactor, List<RedactedPlace>? places)
{
    public const string FieldRule = "field";
    private const string MaskRule = "mask";
    private const string DepthRule = "depth";
    private const int MaxSuffix = 1000;

    /// <summary>Members that name the member beside them: <c>{"name": "PASSWORD", "value": "…"}</c>.</summary>
    private static readonly string[] NamingMembers = ["name", "key", "header", "variable", "field"];

    /// <summary>Members of an object under an ambiguous name, such as token, that hold the secret itself.</summary>
    private static readonly string[] ValueMembers = ["value", "values", "data", "raw", "text", "content", "secret", "plain"];

    private readonly JsonPath _path = new();

    public JsonNode? Run(JsonNode? node) => Visit(node, string.Empty, null, MemberMask.None);

    /// <param name="rule">By which the node is erased whole; null when it is not.</param>
    /// <returns>The node itself when nothing in it changes, otherwise one that has no parent.</returns>
    private JsonNode? Visit(JsonNode? node, string name, string? rule, MemberMask mask)
    {
        if (node is null || Matches(redactor.AllowPaths))
        {
            return node;
        }

        if (rule is null && Matches(redactor.Masks))
        {
            (rule, mask) = (MaskRule, MemberMask.Everything);
        }

        return node switch
        {
            JsonValue value => Leaf(value, name, rule, mask),
            _ when _path.Depth >= redactor.Options.MaxDepth => TooDeep(node),
            JsonObject members => Object(members, rule, mask),
            JsonArray elements => Array(elements, name, rule, mask),
            _ => node,
        };
    }

    private bool Matches(IReadOnlyList<PointerPattern> patterns)
    {
        for (var index = 0; index < patterns.Count; index++)
        {
            if (patterns[index].Matches(_path))
            {
                return true;
            }
        }

        return false;
    }

    private JsonValue Leaf(JsonValue value, string name, string? rule, MemberMask mask)
    {
        if (value.GetValueKind() == JsonValueKind.String)
        {
            var text = value.TryGetValue<string>(out var held) ? held : value.ToString();
            var redacted = rule is not null ? redactor.Erase(rule, text, _path, places) : redactor.RedactNamed(name, text, _path, places);
            return ReferenceEquals(text, redacted) ? value : JsonValue.Create(redacted);
        }

        return rule is not null && mask == MemberMask.Everything && value.GetValueKind() == JsonValueKind.Number
            ? JsonValue.Create(redactor.Erase(rule, value.ToJsonString(), _path, places))
            : value;
    }

    private JsonValue TooDeep(JsonNode node) => JsonValue.Create(redactor.Erase(DepthRule, node.GetType().Name, _path, places));

    private JsonObject Object(JsonObject members, string? rule, MemberMask mask)
    {
        var named = rule is null ? NameBeside(members) : MemberMask.None;
        (string Name, JsonNode? Value)?[]? changed = null;
        for (var index = 0; index < members.Count; index++)
        {
            var (name, child) = members.GetAt(index);
            _path.Enter(name);
            var (childRule, childMask) = MaskOf(name, rule, mask, named);
            var newChild = Visit(child, name, childRule, childMask);
            _path.Leave();
            var newName = redactor.Redact(name, _path, places);
            if (!ReferenceEquals(child, newChild) || !ReferenceEquals(name, newName))
            {
                (changed ??= new (string Name, JsonNode? Value)?[members.Count])[index] = (newName, newChild);
            }
        }

        return changed is null ? members : Rebuild(members, changed);
    }

    /// <summary>What a member inherits from the object, and what it has by its own name.</summary>
    private (string? Rule, MemberMask Mask) MaskOf(string name, string? rule, MemberMask mask, MemberMask named)
    {
        if (rule is not null && (mask == MemberMask.Everything || IsOneOf(name, ValueMembers)))
        {
            return (rule, mask);
        }

        if (named != MemberMask.None && IsOneOf(name, ValueMembers))
        {
            return (FieldRule, named);
        }

        var own = redactor.Names.Of(name);
        return own == MemberMask.None ? (null, own) : (FieldRule, own);
    }

    private JsonArray Array(JsonArray elements, string name, string? rule, MemberMask mask)
    {
        JsonNode?[]? changed = null;
        for (var index = 0; index < elements.Count; index++)
        {
            _path.Enter(index);
            var element = elements[index];
            var own = rule is null && index > 0 && IsOptionOfSecret(elements[index - 1]) && element is JsonValue ? FieldRule : rule;
            var newElement = Visit(element, name, own, mask);
            _path.Leave();
            if (!ReferenceEquals(element, newElement))
            {
                changed ??= [.. elements];
                changed[index] = newElement;
            }
        }

        return changed is null ? elements : new JsonArray([.. changed.Select(static element => element?.Parent is null ? element : element.DeepClone())]);
    }

    /// <summary>Whether the text names the one after it as a secret, as in a list of arguments: <c>["--password", "…"]</c>.</summary>
    private bool IsOptionOfSecret(JsonNode? element) =>
        element is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.TryGetValue<string>(out var text) && redactor.Names.IsOption(text);

    private static JsonObject Rebuild(JsonObject members, (string Name, JsonNode? Value)?[] changed)
    {
        var result = new JsonObject(members.Options);
        for (var index = 0; index < members.Count; index++)
        {
            var (name, child) = members.GetAt(index);
            var (newName, value) = changed[index] ?? (name, child);

            // Two names become one only when a name was written to look like a marker; both members stay.
            for (var suffix = 2; result.ContainsKey(newName) && suffix < MaxSuffix; suffix++)
            {
                newName = FormattableString.Invariant($"{newName}~{suffix}");
            }

            result[newName] = value?.Parent is null ? value : value.DeepClone();
        }

        return result;
    }

    private MemberMask NameBeside(JsonObject members)
    {
        if (members.Count is < 2 or > 16)
        {
            return MemberMask.None;
        }

        for (var index = 0; index < members.Count; index++)
        {
            var (name, child) = members.GetAt(index);
            if (child is JsonValue value && IsOneOf(name, NamingMembers) && value.TryGetValue<string>(out var text) && redactor.Names.Of(text) is var mask and not MemberMask.None)
            {
                return mask;
            }
        }

        return MemberMask.None;
    }

    private static bool IsOneOf(string name, string[] names)
    {
        foreach (var candidate in names)
        {
            if (string.Equals(name, candidate, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
