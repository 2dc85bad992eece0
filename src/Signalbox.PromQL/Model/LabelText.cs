using System.Text;

namespace Signalbox.PromQL.Model;

/// <summary>Writes label names and values in PromQL's text form.</summary>
public static class LabelText
{
    public static bool IsLegacyMetricName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or ':');

    public static bool IsLegacyLabelName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    public static void AppendName(StringBuilder text, string name)
    {
        if (IsLegacyLabelName(name))
        {
            text.Append(name);
        }
        else
        {
            AppendQuoted(text, name);
        }
    }

    /// <summary>Appends a double-quoted string with the escapes that PromQL's lexer reads back.</summary>
    public static void AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\n' => text.Append("\\n"),
                '\t' => text.Append("\\t"),
                '\r' => text.Append("\\r"),
                < ' ' or '\x7f' => text.Append("\\x").Append(((int)c).ToString("x2", System.Globalization.CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
