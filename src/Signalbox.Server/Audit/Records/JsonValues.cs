using System.Text.Json;
using System.Text.Json.Nodes;
using Signalbox.Server.Audit.Canonical;

namespace Signalbox.Server.Audit.Records;

/// <summary>Compares trees by what their canonical forms would be.</summary>
internal static class JsonValues
{
    public static bool AreEqual(JsonNode? left, JsonNode? right)
    {
        if (left is null || right is null || ReferenceEquals(left, right))
        {
            return ReferenceEquals(left, right);
        }

        var kind = left.GetValueKind();
        if (kind != right.GetValueKind())
        {
            return false;
        }

        return kind switch
        {
            JsonValueKind.Object => AreEqual(left.AsObject(), right.AsObject()),
            JsonValueKind.Array => AreEqual(left.AsArray(), right.AsArray()),
            JsonValueKind.String when left.AsValue().TryGetValue<string>(out var one) && right.AsValue().TryGetValue<string>(out var other) => one == other,
            JsonValueKind.Number when left.AsValue().TryGetValue<double>(out var one) && right.AsValue().TryGetValue<double>(out var other) => one.Equals(other) || one == other,
            JsonValueKind.String or JsonValueKind.Number => CanonicalJson.Write(left).AsSpan().SequenceEqual(CanonicalJson.Write(right)),
            _ => true,
        };
    }

    private static bool AreEqual(JsonObject left, JsonObject right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (var (name, value) in left)
        {
            if (!right.TryGetPropertyValue(name, out var other) || !AreEqual(value, other))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreEqual(JsonArray left, JsonArray right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var index = 0; index < left.Count; index++)
        {
            if (!AreEqual(left[index], right[index]))
            {
                return false;
            }
        }

        return true;
    }
}
