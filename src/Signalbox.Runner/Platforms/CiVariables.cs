namespace Signalbox.Runner.Platforms;

/// <summary>The environment as the platforms read it: cleaned of control characters, cut to a bound, empty values absent.</summary>
internal sealed class CiVariables(IReadOnlyDictionary<string, string> environment)
{
    /// <summary>Longest value that is kept, in UTF-16 units; none of the platforms' ids, names and addresses comes near.</summary>
    public const int MaxLength = 1024;

    /// <summary>The value of the first of these variables that has one.</summary>
    public string? this[params ReadOnlySpan<string> names]
    {
        get
        {
            foreach (var name in names)
            {
                if (environment.TryGetValue(name, out var value) && Clean(value) is { } cleaned)
                {
                    return cleaned;
                }
            }

            return null;
        }
    }

    public bool Has(string name) => this[name] is not null;

    /// <summary>Whether a switch of a platform is on: <c>true</c>, <c>True</c>, <c>1</c>, <c>yes</c>.</summary>
    public bool IsOn(string name) => this[name] is { } value && !value.Equals("false", StringComparison.OrdinalIgnoreCase) && value != "0";

    /// <returns>Null when nothing is left.</returns>
    public static string? Clean(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        var text = value.Length > MaxLength ? value[..(char.IsHighSurrogate(value[MaxLength - 1]) ? MaxLength - 1 : MaxLength)] : value;
        if (text.Any(static character => char.IsControl(character) || char.IsSurrogate(character) || character is '\u2028' or '\u2029'))
        {
            text = string.Concat(text.EnumerateRunes().Where(static rune => System.Text.Rune.GetUnicodeCategory(rune) is not (
                System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator)));
        }

        text = text.Trim();
        return text.Length == 0 ? null : text;
    }
}
