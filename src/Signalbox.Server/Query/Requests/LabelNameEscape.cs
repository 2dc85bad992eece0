using System.Globalization;
using System.Text;

namespace Signalbox.Server.Query.Requests;

/// <summary>Reads label names that were escaped to fit into a path, such as <c>U__http_2e_status</c> for <c>http.status</c>.</summary>
/// <remarks>Source: https://prometheus.io/docs/prometheus/latest/querying/api/#querying-label-values</remarks>
internal static class LabelNameEscape
{
    private const string Prefix = "U__";

    /// <summary>Longest hexadecimal number of a code point.</summary>
    private const int MaxDigits = 6;

    /// <summary>The name meant; a name that is not escaped, or not properly, is returned as it is.</summary>
    public static string Unescape(string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return name;
        }

        var text = new StringBuilder(name.Length);
        var rest = name.AsSpan(Prefix.Length);
        while (!rest.IsEmpty)
        {
            if (rest[0] != '_')
            {
                text.Append(rest[0]);
                rest = rest[1..];
                continue;
            }

            if (rest.Length > 1 && rest[1] == '_')
            {
                text.Append('_');
                rest = rest[2..];
                continue;
            }

            var end = rest[1..].IndexOf('_');
            if (end is <= 0 or > MaxDigits || !int.TryParse(rest.Slice(1, end), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point) || !Rune.IsValid(point))
            {
                return name;
            }

            text.Append(new Rune(point).ToString());
            rest = rest[(end + 2)..];
        }

        return text.ToString();
    }
}
