using System.Text.Json.Nodes;

namespace Signalbox.Server.Audit.Records;

/// <summary>Names a place in a JSON tree.</summary>
/// <remarks>Source: https://www.rfc-editor.org/rfc/rfc6901</remarks>
internal static class JsonPointer
{
    /// <summary>The pointer of a member of what <paramref name="parent"/> points at.</summary>
    public static string Member(string parent, string name) => $"{parent}/{Escape(name)}";

    public static string Element(string parent, int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{parent}/{index}");

    /// <returns>The unescaped names from the root on; null when this is no pointer.</returns>
    public static string[]? Split(string pointer)
    {
        if (pointer.Length == 0)
        {
            return [];
        }

        if (pointer[0] != '/')
        {
            return null;
        }

        var parts = pointer[1..].Split('/');
        for (var index = 0; index < parts.Length; index++)
        {
            if (Unescape(parts[index]) is not { } name)
            {
                return null;
            }

            parts[index] = name;
        }

        return parts;
    }

    /// <summary>Whether a tree has a place of that name.</summary>
    public static bool IsThere(JsonNode root, string pointer)
    {
        JsonNode? node = root;
        foreach (var name in Split(pointer) ?? [string.Empty])
        {
            if (node is JsonObject members && members.TryGetPropertyValue(name, out var member))
            {
                node = member;
            }
            else if (node is JsonArray elements && Index(name) is { } index && index < elements.Count)
            {
                node = elements[index];
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The index that a name stands for; null when it is none, or has zeros before it.</summary>
    public static int? Index(string name)
    {
        if (name.Length is 0 or > 9 || (name.Length > 1 && name[0] == '0'))
        {
            return null;
        }

        var index = 0;
        foreach (var digit in name)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return null;
            }

            index = (index * 10) + (digit - '0');
        }

        return index;
    }

    private static string Escape(string name) => name.AsSpan().IndexOfAny('~', '/') < 0
        ? name
        : name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string? Unescape(string name)
    {
        for (var at = name.IndexOf('~', StringComparison.Ordinal); at >= 0; at = name.IndexOf('~', at + 1))
        {
            if (at + 1 == name.Length || name[at + 1] is not ('0' or '1'))
            {
                return null;
            }
        }

        return name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
    }
}
