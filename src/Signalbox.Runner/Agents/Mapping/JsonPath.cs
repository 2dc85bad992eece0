using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Signalbox.Runner.Agents.Mapping;

/// <summary>A way from a line's object, or from an element of one of its arrays, to a value: <c>$.item.id</c>, <c>$.changes[0].path</c>, <c>$each.path</c>, <c>$index</c>, <c>$session</c>.</summary>
internal sealed class JsonPath
{
    private const string EachRoot = "$each";
    private const string IndexRoot = "$index";
    private const string SessionRoot = "$session";
    private static readonly string[] Roots = [EachRoot, IndexRoot, SessionRoot, "$"];

    private static readonly SearchValues<char> EndsOfName = SearchValues.Create(".[]{} ");

    private readonly string _root;
    private readonly IReadOnlyList<object> _steps;

    private JsonPath(string root, IReadOnlyList<object> steps) => (_root, _steps) = (root, steps);

    /// <summary>Whether it needs an entry with <c>each</c>.</summary>
    public bool IsOfElement => _root is EachRoot or IndexRoot;

    /// <returns>Null when the text is no path.</returns>
    public static JsonPath? Parse(string text)
    {
        if (Array.Find(Roots, root => text.StartsWith(root, StringComparison.Ordinal)) is not { } root)
        {
            return null;
        }

        var steps = new List<object>();
        var rest = text.AsSpan(root.Length);
        while (!rest.IsEmpty)
        {
            if (ReadStep(ref rest) is not { } step)
            {
                return null;
            }

            steps.Add(step);
        }

        return root is IndexRoot or SessionRoot && steps.Count > 0 ? null : new JsonPath(root, steps);
    }

    /// <summary>The value; null when it is not there or is JSON's null.</summary>
    public JsonElement? Find(MappedLine line)
    {
        if (_root is IndexRoot or SessionRoot)
        {
            return _root == IndexRoot ? line.IndexElement : line.Session;
        }

        var current = _root == EachRoot ? line.Each : line.Root;
        foreach (var step in _steps)
        {
            switch (step)
            {
                case string name when current.ValueKind == JsonValueKind.Object && current.TryGetProperty(name, out var member):
                    current = member;
                    break;
                case int index when current.ValueKind == JsonValueKind.Array && index < current.GetArrayLength():
                    current = current[index];
                    break;
                default:
                    return null;
            }
        }

        return current.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : current;
    }

    private static object? ReadStep(ref ReadOnlySpan<char> rest)
    {
        if (rest[0] == '.')
        {
            var name = rest[1..];
            var end = name.IndexOfAny(EndsOfName);
            name = end < 0 ? name : name[..end];
            rest = rest[(name.Length + 1)..];
            return name.IsEmpty ? null : name.ToString();
        }

        var close = rest[0] == '[' ? rest.IndexOf(']') : -1;
        if (close < 2)
        {
            return null;
        }

        var inner = rest[1..close];
        rest = rest[(close + 1)..];
        if (inner.Length > 2 && inner[0] == '\'' && inner[^1] == '\'')
        {
            return inner[1..^1].ToString();
        }

        return int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }
}
