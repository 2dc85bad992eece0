using System.Globalization;
using System.Text.RegularExpressions;

namespace Signalbox.Server.Query.Shell;

/// <summary>Shows where in an expression the server found a mistake.</summary>
internal static partial class ExpressionCaret
{
    /// <summary>The line in question with a caret under the place, and the message; the bare message when it names no place.</summary>
    public static string Describe(string expression, string message)
    {
        var place = Place().Match(message);
        if (!place.Success)
        {
            return message;
        }

        var lines = expression.Split('\n');
        var line = int.Parse(place.Groups["line"].Value, CultureInfo.InvariantCulture);
        var column = int.Parse(place.Groups["column"].Value, CultureInfo.InvariantCulture);
        if (line < 1 || line > lines.Length || column < 1 || column > lines[line - 1].Length + 1)
        {
            return message;
        }

        // Tabs stay tabs, so that the caret stands right however wide a terminal shows them.
        var indent = string.Concat(lines[line - 1].Take(column - 1).Select(static c => c == '\t' ? '\t' : ' '));
        return $"{lines[line - 1]}\n{indent}^\n{message[(place.Index + place.Length)..]}";
    }

    [GeneratedRegex(@"(?<line>[0-9]{1,6}):(?<column>[0-9]{1,6}): ", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Place();
}
