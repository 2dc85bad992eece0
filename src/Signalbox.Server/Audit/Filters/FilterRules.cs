using Microsoft.AspNetCore.WebUtilities;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Audit.Filters;

/// <summary>What a saved filter may be.</summary>
internal static class FilterRules
{
    /// <summary>In characters.</summary>
    public const int LongestName = 100;

    /// <summary>In characters.</summary>
    public const int LongestQuery = 4000;

    private static readonly string[] Members = ["actor", "action", "resourceType", "resourceId", "outcome", "address", "trace", "source", "onBehalfOf", "reporter", "resourceName", "requestId", "policyId", "text", "from", "to", "order", "range"];

    public static Refusal? CheckName(string name) =>
        name.Length is 0 or > LongestName || name.Trim().Length != name.Length || name.Any(char.IsControl)
            ? Refusal.Invalid("name", $"A name has 1 to {LongestName} characters, no control characters, and no blanks at its ends.")
            : null;

    public static Refusal? CheckQuery(string query)
    {
        if (query.Length > LongestQuery || query.StartsWith('?') || query.Any(char.IsControl))
        {
            return Refusal.Invalid("query", $"A query has up to {LongestQuery} characters as in an address, without a question mark and control characters.");
        }

        foreach (var pair in new QueryStringEnumerable(query))
        {
            var name = pair.DecodeName().ToString();
            if (!Members.Contains(name, StringComparer.Ordinal))
            {
                return Refusal.Invalid("query", $"'{name}' is not one of {string.Join(", ", Members)}.");
            }
        }

        return null;
    }
}
