using System.Buffers;

namespace Signalbox.Sdk.Redaction;

/// <summary>Tells what stands for a secret, such as <c>${TOKEN}</c>, from a secret.</summary>
internal static class Placeholders
{
    private static readonly SearchValues<char> Filling = SearchValues.Create("xX*.-_•0#? ");

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "null", "none", "nil", "true", "false", "undefined", "default", "string", "password", "passwd", "secret", "token", "required", "optional", "hidden", "masked", "redacted",
        "changeme", "change-me", "todo", "empty", "unknown", "value", "text", "bearer", "basic", "boolean", "bool", "number", "int", "str", "any", "object", "char", "void", "bytes",
    }.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Variables, templates, fillings, and words that name a secret instead of being one.</summary>
    public static bool IsOne(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        return value.IsEmpty
            || !value.ContainsAnyExcept(Filling)
            || Words.Contains(value)
            || IsReference(value)
            || value.StartsWith("your-", StringComparison.OrdinalIgnoreCase)
            || value.StartsWith("your_", StringComparison.OrdinalIgnoreCase)
            || value.StartsWith("my-", StringComparison.OrdinalIgnoreCase)
            || value.Contains("xxxxx", StringComparison.OrdinalIgnoreCase)
            || value.Contains("*****", StringComparison.Ordinal)
            || value.ContainsAny('…', '•');
    }

    /// <summary>Whether the word occurs and no further letter of its own case stands beside it: EXAMPLE in 7EXAMPLE, but not in RESAMPLED.</summary>
    public static bool HasWord(ReadOnlySpan<char> value, string word)
    {
        for (var start = 0; value[start..].IndexOf(word, StringComparison.OrdinalIgnoreCase) is var found and >= 0; start += found + 1)
        {
            var from = start + found;
            var end = from + word.Length;
            var freeBefore = from == 0 || !char.IsLetter(value[from - 1]) || (char.IsLower(value[from - 1]) && char.IsUpper(value[from]));
            var freeAfter = end == value.Length || !char.IsLetter(value[end]) || (char.IsLower(value[end - 1]) && char.IsUpper(value[end]));
            if (freeBefore && freeAfter)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsReference(ReadOnlySpan<char> value) =>
        (value[0] == '$' && value.Length > 1 && (value[1] is '{' or '(' || IsVariable(value[1..])))
        || (value[0] == '<' && value[^1] == '>')
        || (value[0] == '%' && value[^1] == '%' && value.Length > 2)
        || (value[0] == '@' && value.Length > 2 && value[1] is '{' or '(')
        || (value.StartsWith("{{", StringComparison.Ordinal) && value.EndsWith("}}", StringComparison.Ordinal))
        || (value[0] == '{' && value[^1] == '}' && !value[1..^1].ContainsAny('"', ':', ' '));

    private static bool IsVariable(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c) && c != '_')
            {
                return false;
            }
        }

        return true;
    }
}
