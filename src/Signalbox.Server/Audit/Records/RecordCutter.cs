using System.Text.Json.Nodes;
using Signalbox.Server.Audit.Canonical;

namespace Signalbox.Server.Audit.Records;

/// <summary>Brings a record to its bound: the longest texts are cut first, to one common length, and when that is not enough, whole branches go.</summary>
/// <remarks>
/// One common length for all texts keeps a record sound: a text that stands in the old object and in the diff is cut alike in both places, so
/// the diff still applies. Old and new object lose branches before they are compared, for the same reason.
/// </remarks>
internal static class RecordCutter
{
    private const int MostTries = 12;

    /// <summary>How many values each object may keep, try after try.</summary>
    private static readonly int[] Shapes = [RecordLimits.Nodes, 1_000, 200, 40, 0];

    /// <summary>Writes a record, as whole as it fits.</summary>
    /// <param name="trees">The objects as they came, redacted; they are not changed.</param>
    public static byte[] Write(RecordDraft draft, RecordTrees trees)
    {
        using var writer = new CanonicalWriter();
        if (trees.AreWithin(Shapes[0]))
        {
            draft.TreeCuts = [.. trees.Cuts];
            (draft.Before, draft.Diff, draft.Data) = (trees.Before, trees.Diff(), trees.Data);
            if (IsWithin(writer, draft))
            {
                return writer.ToArray();
            }
        }

        foreach (var nodes in Shapes)
        {
            var cuts = new List<RecordCut>();
            var shaped = trees.Shaped(nodes, cuts);
            (draft.Before, draft.Diff, draft.Data) = (shaped.Before, shaped.Diff(), shaped.Data);
            if (CutTexts(writer, draft, cuts))
            {
                return writer.ToArray();
            }
        }

        throw new InvalidOperationException("A record without its trees is larger than a record may be: the bounds of its texts add up to too much.");
    }

    private static bool CutTexts(CanonicalWriter writer, RecordDraft draft, List<RecordCut> branches)
    {
        draft.TreeCuts = branches;
        if (IsWithin(writer, draft))
        {
            return true;
        }

        var leaves = new List<TextLeaf>();
        TextLeaf.Collect(draft.Before, "/before", leaves);
        TextLeaf.Collect(draft.Diff, "/diff", leaves, static name => name is "op" or "path");
        TextLeaf.Collect(draft.Data, "/data", leaves);
        var rest = writer.Length - leaves.Sum(static leaf => (long)leaf.Size);
        var most = Common(leaves, RecordLimits.Record - rest);
        for (var attempt = 0; attempt < MostTries && most >= RecordLimits.ShortestCut; attempt++)
        {
            draft.TreeCuts = [.. branches, .. leaves.Select(leaf => leaf.Cut(most)).OfType<RecordCut>()];
            if (IsWithin(writer, draft))
            {
                return true;
            }

            most -= Math.Max(1, most / 8);
        }

        return false;
    }

    /// <summary>The greatest length at which all texts together have room.</summary>
    private static int Common(List<TextLeaf> leaves, long room)
    {
        var (low, high) = (0, RecordLimits.Record);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (leaves.Sum(leaf => leaf.SizeWithin(middle)) <= room)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    private static bool IsWithin(CanonicalWriter writer, RecordDraft draft)
    {
        writer.Clear();
        RecordEncoder.Write(writer, draft);
        return writer.Length <= RecordLimits.Record;
    }
}

/// <summary>The objects of a record: as it was, as it is, and what else is worth knowing.</summary>
/// <param name="Cuts">What was nested too deep.</param>
internal sealed record RecordTrees(JsonNode? Before, JsonNode? After, JsonNode? Data, IReadOnlyList<RecordCut> Cuts)
{
    /// <summary>Of a record that tells of no object.</summary>
    public static RecordTrees None { get; } = new(null, null, null, []);

    /// <summary>Null when nothing differs.</summary>
    public JsonArray? Diff()
    {
        var operations = JsonDiff.Of(Before, After);
        return operations.Count == 0 ? null : new JsonArray([.. operations.Select(static operation => operation.ToNode())]);
    }

    public bool AreWithin(int nodes) => TreeShape.IsWithin(Before, nodes) && TreeShape.IsWithin(After, nodes) && TreeShape.IsWithin(Data, nodes);

    /// <param name="cuts">Receives the branches that go.</param>
    public RecordTrees Shaped(int nodes, List<RecordCut> cuts)
    {
        // What the new object loses shows in the record only as a marker in the diff: its cuts have no place of their own.
        var before = TreeShape.Cut(Before, nodes, "/before", cuts);
        var data = TreeShape.Cut(Data, nodes, "/data", cuts);
        var whole = new JsonObject { ["before"] = before?.DeepClone(), ["data"] = data?.DeepClone() };
        cuts.AddRange(Cuts.Where(cut => JsonPointer.IsThere(whole, cut.Path)));
        return new RecordTrees(before, TreeShape.Cut(After, nodes, "/after", []), data, []);
    }
}
