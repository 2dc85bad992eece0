using System.Text.Json;

namespace Signalbox.Runner.Policies;

/// <summary>What a policy server answered to one question.</summary>
/// <param name="Allow">Null when it gave no answer that can be used.</param>
/// <param name="PolicyId">As the policy names itself; otherwise its path.</param>
/// <param name="Failure">Why there is no decision, or why one that denies was taken for one; null for a decision.</param>
internal sealed record OpaAnswer(bool? Allow, string PolicyId, IReadOnlyList<string> Reasons, string? DecisionId, IReadOnlyList<string> Bundles, string? Failure)
{
    private const int MaxReasons = 32;
    private const int MaxText = 1024;

    public static OpaAnswer None(string path, string failure) => new(null, path, [], null, [], failure);

    /// <summary>Reads the body of an answer. A document that is undefined has no <c>result</c>: that denies, and so does one without <c>allow</c>.</summary>
    /// <remarks>Source: https://www.openpolicyagent.org/docs/rest-api#get-a-document-with-input</remarks>
    public static OpaAnswer Parse(ReadOnlyMemory<byte> body, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return None(path, "The policy server's answer is no object.");
            }

            var decision = Text(root, "decision_id");
            var bundles = BundlesOf(root);
            if (!root.TryGetProperty("result", out var result))
            {
                return new OpaAnswer(false, path, [], decision, bundles, $"The document {path} is undefined for this call.");
            }

            return result.ValueKind switch
            {
                JsonValueKind.True or JsonValueKind.False => new OpaAnswer(result.GetBoolean(), path, [], decision, bundles, null),
                JsonValueKind.Object => OfObject(result, path, decision, bundles),
                _ => new OpaAnswer(false, path, [], decision, bundles, $"The document {path} is neither true or false nor an object."),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A text with half a surrogate pair is told by the second.
            return None(path, "The policy server's answer is not JSON.");
        }
    }

    private static OpaAnswer OfObject(JsonElement result, string path, string? decision, IReadOnlyList<string> bundles)
    {
        var id = Text(result, "policy_id") ?? path;
        return result.TryGetProperty("allow", out var allow) && allow.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? new OpaAnswer(allow.GetBoolean(), id, ReasonsOf(result), decision, bundles, null)
            : new OpaAnswer(false, id, ReasonsOf(result), decision, bundles, $"The document {path} says nothing of allow.");
    }

    private static List<string> ReasonsOf(JsonElement result)
    {
        var reasons = new List<string>();
        foreach (var name in new[] { "reasons", "reason" })
        {
            if (!result.TryGetProperty(name, out var value))
            {
                continue;
            }

            if (value.ValueKind == JsonValueKind.Array)
            {
                reasons.AddRange(value.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.String).Select(static item => Cut(item.GetString()!)));
            }
            else if (value.ValueKind == JsonValueKind.String)
            {
                reasons.Add(Cut(value.GetString()!));
            }
        }

        return reasons.Count > MaxReasons ? reasons[..MaxReasons] : reasons;
    }

    /// <summary>The revisions of the bundles that the policy came from; one that was loaded otherwise has none.</summary>
    private static List<string> BundlesOf(JsonElement root)
    {
        var bundles = new List<string>();
        if (!root.TryGetProperty("provenance", out var provenance) || provenance.ValueKind != JsonValueKind.Object)
        {
            return bundles;
        }

        if (provenance.TryGetProperty("bundles", out var named) && named.ValueKind == JsonValueKind.Object)
        {
            bundles.AddRange(named.EnumerateObject().Take(MaxReasons).Select(static bundle => Cut($"{bundle.Name}={Text(bundle.Value, "revision")}")));
        }
        else if (Text(provenance, "revision") is { } revision)
        {
            // As servers before bundles had names say it.
            bundles.Add(revision);
        }

        bundles.Sort(StringComparer.Ordinal);
        return bundles;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? Cut(text) : null;

    private static string Cut(string text) => text.Length <= MaxText ? text : text[..MaxText] + "…";
}
