using System.Text.Json.Nodes;

namespace Signalbox.Server.Audit.Records;

/// <summary>A text inside a tree of a record, which can be cut where it stands.</summary>
internal sealed class TextLeaf
{
    private readonly JsonNode _parent;
    private readonly string? _name;
    private readonly int _index;
    private readonly string _parentPath;
    private readonly string _original;
    private bool _isCut;

    private TextLeaf(JsonNode parent, string? name, int index, string parentPath, string original, int size)
    {
        _parent = parent;
        _name = name;
        _index = index;
        _parentPath = parentPath;
        _original = original;
        Size = size;
    }

    /// <summary>Bytes of the original, as canonical JSON writes it.</summary>
    public int Size { get; }

    /// <summary>What its entry among the cuts costs beside the path, in bytes.</summary>
    public static int EntrySize => 128;

    private string Path => _name is null ? JsonPointer.Element(_parentPath, _index) : JsonPointer.Member(_parentPath, _name);

    /// <summary>Finds the texts of a tree that are worth cutting.</summary>
    /// <param name="skip">A member name whose text must stay whole wherever it stands directly in an element of <paramref name="tree"/>; null for none.</param>
    public static void Collect(JsonNode? tree, string path, List<TextLeaf> leaves, Func<string, bool>? skip = null)
    {
        switch (tree)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    if (skip?.Invoke(name) != true && !TryAdd(members, name, 0, path, value, leaves))
                    {
                        Collect(value, JsonPointer.Member(path, name), leaves);
                    }
                }

                break;
            case JsonArray elements:
                for (var index = 0; index < elements.Count; index++)
                {
                    if (!TryAdd(elements, null, index, path, elements[index], leaves))
                    {
                        Collect(elements[index], JsonPointer.Element(path, index), leaves, skip);
                    }
                }

                break;
            default:
                break;
        }
    }

    /// <summary>Puts as much of the text in its place as the limit allows; may be called again with another limit.</summary>
    /// <returns>What was cut; null when the text is whole.</returns>
    public RecordCut? Cut(int most)
    {
        if (Size <= most + TextCut.MarkerSize)
        {
            if (_isCut)
            {
                Put(_original);
                _isCut = false;
            }

            return null;
        }

        var (text, cut) = TextCut.Of(_original, most + TextCut.MarkerSize, Path);
        Put(text);
        _isCut = true;
        return cut;
    }

    /// <summary>Bytes that the leaf and its entry would take.</summary>
    public long SizeWithin(int most) => Size <= most + TextCut.MarkerSize ? Size : most + TextCut.MarkerSize + EntrySize + _parentPath.Length + (_name?.Length ?? 6);

    private static bool TryAdd(JsonNode parent, string? name, int index, string path, JsonNode? value, List<TextLeaf> leaves)
    {
        if (value is not JsonValue single || !single.TryGetValue<string>(out var text))
        {
            return false;
        }

        if (text.Length > RecordLimits.ShortestCut)
        {
            leaves.Add(new TextLeaf(parent, name, index, path, text, TextSize.Of(text)));
        }

        return true;
    }

    private void Put(string text)
    {
        if (_name is null)
        {
            _parent.AsArray()[_index] = text;
        }
        else
        {
            _parent.AsObject()[_name] = text;
        }
    }
}
