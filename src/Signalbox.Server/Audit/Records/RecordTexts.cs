using System.Globalization;
using System.Text.Json.Nodes;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Server.Audit.Records;

/// <summary>Makes what comes from outside fit for one record, and remembers what had to be erased or cut for that.</summary>
internal sealed class RecordTexts(Redactor redactor)
{
    private List<RecordCut>? _cuts;
    private List<RecordErasure>? _erasures;

    public IReadOnlyList<RecordCut> Cuts => _cuts is null ? [] : _cuts;

    /// <summary>What was erased so far; bounded, and the last one says how many more there were.</summary>
    public IReadOnlyList<RecordErasure> Erasures()
    {
        if (_erasures is null || _erasures.Count <= RecordLimits.Redacted)
        {
            return _erasures is null ? [] : _erasures;
        }

        var more = _erasures.Count - RecordLimits.Redacted + 1;
        return [.. _erasures.Take(RecordLimits.Redacted - 1), new RecordErasure(string.Empty, string.Create(CultureInfo.InvariantCulture, $"and {more} more"))];
    }

    /// <param name="path">The text's pointer in the record.</param>
    /// <param name="most">Bytes in the record.</param>
    public string? Of(string path, string? text, int most) => Of(path, string.Empty, text, most);

    /// <inheritdoc cref="Of(string, string?, int)"/>
    /// <param name="member">What follows in the pointer.</param>
    public string? Of(string path, string member, string? text, int most)
    {
        if (string.IsNullOrEmpty(text))
        {
            return text;
        }

        return Bounded(path, member, Redact(path, member, TextCut.Clean(text)), most);
    }

    /// <summary>For what the house itself made: words of its vocabulary, ids, addresses that were read and written again. No secret is in them, so none is looked for.</summary>
    /// <inheritdoc cref="Of(string, string, string?, int)"/>
    public string? OfHouse(string path, string? text, int most) => string.IsNullOrEmpty(text) ? text : Bounded(path, string.Empty, TextCut.Clean(text), most);

    private string Bounded(string path, string member, string text, int most)
    {
        if (TextSize.Fits(text, most))
        {
            return text;
        }

        var (kept, cut) = TextCut.Of(text, most, path + member);
        (_cuts ??= []).Add(cut);
        return kept;
    }

    /// <summary>A redacted copy of a tree.</summary>
    /// <param name="path">The tree's pointer in the record.</param>
    /// <param name="cuts">Receives what was nested too deep.</param>
    public JsonNode? Tree(JsonNode? tree, string path, List<RecordCut> cuts)
    {
        if (TreeImport.Copy(tree, path, cuts) is not { } copy)
        {
            return null;
        }

        var result = redactor.Scan(copy);
        foreach (var place in result.Places)
        {
            Erased(path + place.Path, place.Rule);
        }

        return result.Node;
    }

    private string Redact(string path, string member, string text)
    {
        var result = redactor.Scan(text);
        foreach (var place in result.Places)
        {
            Erased(path + member, place.Rule);
        }

        return result.Text;
    }

    private void Erased(string path, string rule)
    {
        var shown = TextSize.Fits(path, RecordLimits.RedactedPath) ? path : string.Concat(path.AsSpan(0, TextSize.Prefix(path, RecordLimits.RedactedPath - 3)), "…");
        (_erasures ??= []).Add(new RecordErasure(shown, rule));
    }
}
