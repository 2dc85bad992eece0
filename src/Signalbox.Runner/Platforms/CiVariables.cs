using System.Globalization;
using System.Text;

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

    /// <summary>Whether a platform's switch is on: set, and neither <c>false</c> nor <c>0</c>.</summary>
    public bool IsOn(string name) => this[name] is { } value && !value.Equals("false", StringComparison.OrdinalIgnoreCase) && value != "0";

    /// <summary>An address, without what it holds of credentials.</summary>
    public string? Address(params ReadOnlySpan<string> names) => RepositoryAddress.WithoutCredentials(this[names]);

    /// <summary>The number of a pull request; some platforms say <c>false</c> where there is none.</summary>
    public string? PullRequest(params ReadOnlySpan<string> names) => this[names] is { } value && value != "false" ? value : null;

    /// <summary>Values joined to a path; null unless all are there.</summary>
    public static string? Join(string separator, params ReadOnlySpan<string?> parts)
    {
        foreach (var part in parts)
        {
            if (part is null)
            {
                return null;
            }
        }

        return string.Join(separator, parts);
    }

    public static string? WithoutBraces(string? text) => text?.Trim('{', '}') is { Length: > 0 } inner ? inner : null;

    /// <returns>Null when nothing is left.</returns>
    public static string? Clean(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        var text = value.Length > MaxLength ? value[..MaxLength] : value;
        if (text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            text = Printable(text);
        }

        text = text.Trim();
        return text.Length == 0 ? null : text;
    }

    private static string Printable(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // Formatting characters could turn the order of what people read; a half of a surrogate pair comes as U+FFFD.
            if (rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
            {
                result.Append(rune);
            }
        }

        return result.ToString();
    }
}
