using System.Text;
using System.Text.RegularExpressions;
using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Functions;

/// <summary><c>label_replace</c> and <c>label_join</c>.</summary>
internal static class LabelFunctions
{
    public static readonly Dictionary<string, Func<FunctionCall, VectorOperator>> All = new(StringComparer.Ordinal)
    {
        ["label_replace"] = Replace,
        ["label_join"] = Join,
    };

    private static VectorOperator Replace(FunctionCall call)
    {
        var target = LabelName(call.Text(1), "destination label name in label_replace()");
        var template = call.Text(2);
        var source = call.Text(3);
        Regex regex;
        try
        {
            regex = Re2Pattern.Anchored(call.Text(4));
        }
        catch (ArgumentException exception)
        {
            throw new PromQLExecutionException($"invalid regular expression in label_replace(): {call.Text(4)}", exception);
        }

        var groups = regex.GetGroupNames();
        return Relabel(call, target, labels =>
        {
            var match = regex.Match(labels.Get(source));
            return match.Success ? Expand(template, match, groups) : null;
        });
    }

    private static VectorOperator Join(FunctionCall call)
    {
        var target = LabelName(call.Text(1), "destination label name in label_join()");
        var separator = call.Text(2);
        var sources = new string[call.Count - 3];
        for (var index = 0; index < sources.Length; index++)
        {
            sources[index] = LabelName(call.Text(index + 3), "source label name in label_join()");
        }

        return Relabel(call, target, labels => string.Join(separator, sources.Select(labels.Get)));
    }

    /// <param name="value">The label's new value; null keeps the series as it is.</param>
    private static VectorOperator Relabel(FunctionCall call, string target, Func<Labels, string?> value)
    {
        var inner = call.Vector(0);
        var headers = Array.ConvertAll(inner.Headers, header => value(header.Labels) is { } replaced
            ? new SeriesHeader(header.Labels.With(target, replaced), header.DropName && target != Labels.MetricName)
            : header);
        return call.Merged(new RelabelledVector(inner, headers));
    }

    private static string LabelName(string name, string what) => name.Length > 0 && StringText.IsValidUtf8(name)
        ? name
        : throw new PromQLExecutionException($"invalid {what}: {name}");

    /// <summary>Fills a template in Go's form: <c>$1</c>, <c>$name</c>, <c>${name}</c>, <c>$$</c>; unknown groups are empty.</summary>
    private static string Expand(string template, Match match, string[] groups)
    {
        var text = new StringBuilder();
        for (var position = 0; position < template.Length; position++)
        {
            if (template[position] != '$' || position + 1 == template.Length)
            {
                text.Append(template[position]);
                continue;
            }

            if (template[position + 1] == '$')
            {
                text.Append('$');
                position++;
                continue;
            }

            var braces = template[position + 1] == '{';
            var start = position + (braces ? 2 : 1);
            var end = start;
            while (end < template.Length && (char.IsAsciiLetterOrDigit(template[end]) || template[end] == '_'))
            {
                end++;
            }

            if (end == start || (braces && (end == template.Length || template[end] != '}')))
            {
                text.Append('$');
                continue;
            }

            var name = template[start..end];
            text.Append(groups.Contains(name, StringComparer.Ordinal) ? match.Groups[name].Value : string.Empty);
            position = braces ? end : end - 1;
        }

        return text.ToString();
    }
}
