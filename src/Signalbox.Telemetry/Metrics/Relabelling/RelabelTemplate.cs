using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Signalbox.Telemetry.Metrics.Relabelling;

/// <summary>A text with references to groups: <c>$1</c>, <c>${1}</c>, <c>$name</c>, <c>${name}</c>; <c>$$</c> is a dollar sign.</summary>
/// <remarks>As in Go, a name without braces is as long as it can be, and a reference to a group that is not there is empty.</remarks>
internal sealed class RelabelTemplate
{
    private readonly List<(string Literal, string Reference)> _parts = [];

    public RelabelTemplate(string text)
    {
        var literal = new StringBuilder();
        for (var index = 0; index < text.Length;)
        {
            if (text[index] != '$')
            {
                literal.Append(text[index++]);
                continue;
            }

            var (reference, length) = ReadReference(text, index + 1);
            if (length == 0)
            {
                // "$$" is one dollar sign, and a dollar sign that begins no reference stands for itself.
                literal.Append('$');
                index += index + 1 < text.Length && text[index + 1] == '$' ? 2 : 1;
                continue;
            }

            _parts.Add((literal.ToString(), reference));
            literal.Clear();
            index += 1 + length;
        }

        _parts.Add((literal.ToString(), string.Empty));
    }

    public bool HasReferences => _parts.Count > 1;

    public string Expand(GroupCollection groups, RelabelPattern pattern)
    {
        var text = new StringBuilder();
        foreach (var (literal, reference) in _parts)
        {
            text.Append(literal);
            if (reference.Length == 0)
            {
                continue;
            }

            var number = int.TryParse(reference, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
                ? parsed
                : pattern.GroupNames.GetValueOrDefault(reference, int.MaxValue);
            text.Append(number < groups.Count ? groups[number].ValueSpan : []);
        }

        return text.ToString();
    }

    private static (string Reference, int Length) ReadReference(string text, int start)
    {
        var braced = start < text.Length && text[start] == '{';
        var first = braced ? start + 1 : start;
        var end = first;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        if (end == first || (braced && (end >= text.Length || text[end] != '}')))
        {
            return (string.Empty, 0);
        }

        return (text[first..end], end - start + (braced ? 1 : 0));
    }
}
