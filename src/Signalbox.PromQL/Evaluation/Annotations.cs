using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Evaluation;

/// <summary>Collects what a query should tell its user beside the result.</summary>
/// <remarks>The same text counts once, at the place where it was first seen.</remarks>
internal sealed class Annotations
{
    private readonly Dictionary<string, TextRange> _warnings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TextRange> _infos = new(StringComparer.Ordinal);

    public void Warn(string text, TextRange range) => _warnings.TryAdd(text, range);

    public void Inform(string text, TextRange range) => _infos.TryAdd(text, range);

    public (IReadOnlyList<string> Warnings, IReadOnlyList<string> Infos) Texts(string query, int most) =>
        (Texts(_warnings, "PromQL warning: ", "warning", query, most), Texts(_infos, "PromQL info: ", "info", query, most));

    private static List<string> Texts(Dictionary<string, TextRange> annotations, string prefix, string kind, string query, int most)
    {
        List<string> texts = [];
        foreach (var (text, range) in annotations.Take(most))
        {
            var (line, column) = range.LineAndColumn(query);
            texts.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{prefix}{text} ({line}:{column})"));
        }

        if (annotations.Count > most)
        {
            texts.Add($"{annotations.Count - most} more {kind} annotations omitted");
        }

        return texts;
    }
}
