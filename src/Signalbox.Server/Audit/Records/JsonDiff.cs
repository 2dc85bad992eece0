using System.Text.Json.Nodes;

namespace Signalbox.Server.Audit.Records;

/// <summary>Tells how one tree becomes another: which members and elements came, went or changed.</summary>
internal static class JsonDiff
{
    /// <summary>Where more would be needed inside one array or object, it is replaced as a whole.</summary>
    public const int MostOperations = 500;

    /// <param name="old">Null when there was no object.</param>
    /// <param name="young">Null when there is none any more.</param>
    /// <returns>To be applied in this order; empty when nothing differs.</returns>
    public static IReadOnlyList<JsonOperation> Of(JsonNode? old, JsonNode? young, int most = MostOperations)
    {
        if (old is null || young is null)
        {
            return (old, young) switch
            {
                (null, null) => [],
                (null, _) => [JsonOperation.Add(string.Empty, young)],
                _ => [JsonOperation.Remove(string.Empty, old)],
            };
        }

        return Differ(old, young, string.Empty, most);
    }

    private static List<JsonOperation> Differ(JsonNode? old, JsonNode? young, string path, int most)
    {
        var operations = new List<JsonOperation>();
        switch (old, young)
        {
            case (JsonObject from, JsonObject to):
                DifferMembers(operations, from, to, path, most);
                break;
            case (JsonArray from, JsonArray to):
                DifferElements(operations, from, to, path, most);
                break;
            default:
                return JsonValues.AreEqual(old, young) ? operations : [JsonOperation.Replace(path, old, young)];
        }

        return operations.Count <= most ? operations : [JsonOperation.Replace(path, old, young)];
    }

    private static void DifferMembers(List<JsonOperation> operations, JsonObject old, JsonObject young, string path, int most)
    {
        foreach (var (name, value) in old.OrderBy(static member => member.Key, StringComparer.Ordinal))
        {
            var place = JsonPointer.Member(path, name);
            if (young.TryGetPropertyValue(name, out var other))
            {
                operations.AddRange(Differ(value, other, place, most));
            }
            else
            {
                operations.Add(JsonOperation.Remove(place, value));
            }
        }

        foreach (var (name, value) in young.Where(member => !old.ContainsKey(member.Key)).OrderBy(static member => member.Key, StringComparer.Ordinal))
        {
            operations.Add(JsonOperation.Add(JsonPointer.Member(path, name), value));
        }
    }

    /// <summary>What stays is found first; between it, elements that stand opposite each other have changed, and the rest came or went.</summary>
    private static void DifferElements(List<JsonOperation> operations, JsonArray old, JsonArray young, string path, int most)
    {
        var index = 0;
        var (from, to) = (0, 0);
        foreach (var (keptOld, keptYoung) in ArrayMatch.Of(old, young).Append((old.Count, young.Count)))
        {
            while (from < keptOld && to < keptYoung)
            {
                operations.AddRange(Differ(old[from++], young[to++], JsonPointer.Element(path, index++), most));
            }

            for (; from < keptOld; from++)
            {
                operations.Add(JsonOperation.Remove(JsonPointer.Element(path, index), old[from]));
            }

            for (; to < keptYoung; to++)
            {
                operations.Add(JsonOperation.Add(JsonPointer.Element(path, index++), young[to]));
            }

            // The element that stays.
            index++;
            from++;
            to++;
        }
    }
}
