using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Signalbox.Server.Audit.Canonical;

namespace Signalbox.Server.Audit.Records;

/// <summary>Cuts whole branches off a tree that has too many values, the deepest first, and shortens names of members that are too long.</summary>
internal sealed class TreeShape
{
    private readonly List<RecordCut> _cuts;
    private readonly Queue<(JsonNode Source, JsonNode Target, string Path)> _waiting = new();
    private int _room;

    private TreeShape(int nodes, List<RecordCut> cuts)
    {
        _room = nodes;
        _cuts = cuts;
    }

    /// <summary>Whether nothing of a tree needs to be cut.</summary>
    public static bool IsWithin(JsonNode? tree, int nodes)
    {
        var left = nodes;
        return Fits(tree, ref left);
    }

    /// <returns>A copy with at most so many values, markers not counted; with none, a marker in place of the tree.</returns>
    /// <param name="path">The tree's own pointer, for what is cut.</param>
    /// <param name="cuts">Receives what was cut.</param>
    public static JsonNode? Cut(JsonNode? tree, int nodes, string path, List<RecordCut> cuts)
    {
        if (tree is null)
        {
            return null;
        }

        if (nodes == 0)
        {
            return Marker(tree, path, cuts);
        }

        var shape = new TreeShape(nodes - 1, cuts);
        var root = shape.Begin(tree, path);
        while (shape._waiting.TryDequeue(out var next))
        {
            if (next.Source is JsonArray array)
            {
                shape.Fill(array, next.Target.AsArray(), next.Path);
            }
            else
            {
                shape.Fill(next.Source.AsObject(), next.Target.AsObject(), next.Path);
            }
        }

        return root;
    }

    private static bool Fits(JsonNode? node, ref int left)
    {
        if (--left < 0)
        {
            return false;
        }

        switch (node)
        {
            case JsonObject members when members.Count > RecordLimits.Elements:
            case JsonArray elements when elements.Count > RecordLimits.Elements:
                return false;
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    if (!TextSize.Fits(name, RecordLimits.MemberName) || !Fits(value, ref left))
                    {
                        return false;
                    }
                }

                return true;
            case JsonArray elements:
                for (var index = 0; index < elements.Count; index++)
                {
                    if (!Fits(elements[index], ref left))
                    {
                        return false;
                    }
                }

                return true;
            default:
                return true;
        }
    }

    /// <summary>Copies a value; what is inside an array or object follows when those above it have had their turn.</summary>
    private JsonNode? Begin(JsonNode? source, string path)
    {
        if (source is not (JsonObject or JsonArray))
        {
            return source?.DeepClone();
        }

        JsonNode target = source is JsonArray ? new JsonArray() : new JsonObject();
        _waiting.Enqueue((source, target, path));
        return target;
    }

    private void Fill(JsonArray source, JsonArray target, string path)
    {
        var kept = Take(source.Count);
        for (var index = 0; index < kept; index++)
        {
            target.Add(Begin(source[index], JsonPointer.Element(path, index)));
        }

        if (kept < source.Count)
        {
            var rest = new JsonArray([.. source.Skip(kept).Select(static element => element?.DeepClone())]);
            target.Add(Marker(rest, JsonPointer.Element(path, kept), _cuts));
        }
    }

    private void Fill(JsonObject source, JsonObject target, string path)
    {
        var members = source.OrderBy(static member => member.Key, StringComparer.Ordinal).ToList();
        var kept = Take(members.Count);
        foreach (var (name, value) in members.Take(kept))
        {
            var shown = Shorten(name, target, path);
            target.Add(shown, Begin(value, JsonPointer.Member(path, shown)));
        }

        if (kept < members.Count)
        {
            var rest = new JsonObject(members.Skip(kept).Select(static member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
            var name = Free("…", target);
            target.Add(name, Marker(rest, JsonPointer.Member(path, name), _cuts));
        }
    }

    private int Take(int count)
    {
        var kept = Math.Min(Math.Min(count, RecordLimits.Elements), _room);
        _room -= kept;
        return kept;
    }

    private string Shorten(string name, JsonObject target, string path)
    {
        if (TextSize.Fits(name, RecordLimits.MemberName))
        {
            return Free(name, target);
        }

        var bytes = Encoding.UTF8.GetBytes(name);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var shown = Free($"{name.AsSpan(0, TextSize.Prefix(name, RecordLimits.MemberName - TextCut.MarkerSize))}…[{hash.AsSpan(0, 16)}]", target);
        _cuts.Add(new RecordCut(JsonPointer.Member(path, shown), bytes.LongLength, hash, OfName: true));
        return shown;
    }

    private static string Free(string name, JsonObject target)
    {
        var free = name;
        for (var number = 2; target.ContainsKey(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}~{number}");
        }

        return free;
    }

    private static JsonValue Marker(JsonNode whole, string path, List<RecordCut> cuts)
    {
        var bytes = CanonicalJson.Write(whole);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        cuts.Add(new RecordCut(path, bytes.LongLength, hash));
        return JsonValue.Create(TextCut.Marker(bytes.LongLength, hash));
    }
}
