using System.Buffers;

namespace Signalbox.Sdk.Redaction;

/// <summary>Looks at a value together with the name it stands under, for secrets that nothing but their name tells from other words: <c>"datadog": "0f3a…"</c>.</summary>
internal static class NamedContext
{
    private const int MinLength = 16;
    private const int MaxLength = 512;
    private static readonly SearchValues<char> Opaque = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.~+/=%:");

    /// <returns>The id of the rule that finds the value by its name; null when none does.</returns>
    public static string? Finds(TextScanner scanner, string name, string value, JsonPath? path)
    {
        if (value.Length is < MinLength or > MaxLength || value.AsSpan().ContainsAnyExcept(Opaque))
        {
            return null;
        }

        if (scanner.Keywords.Next(name, 0, out _) < 0)
        {
            return null;
        }

        var composed = $"{name}=\"{value}\"";
        var start = name.Length + 2;
        return scanner.Find(composed, path)?.Where(found => found.End > start).OrderBy(static found => found.Rule.Priority).Select(static found => found.Rule.Rule.Id).FirstOrDefault();
    }
}
