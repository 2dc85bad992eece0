namespace Signalbox.Server.Audit.Search;

/// <summary>Gathers the distinct terms of one record and, where asked to, notes which of a query's values were among them.</summary>
internal ref struct TermSet
{
    private readonly Span<ulong> _terms;
    private readonly RecordMatch? _match;
    private int _words;

    public TermSet(Span<ulong> terms, RecordMatch? match)
    {
        _terms = terms;
        _match = match;
    }

    public int Count { get; private set; }

    public void Add(TermField field, scoped ReadOnlySpan<byte> value)
    {
        var term = RecordTerms.Hash(field, value);
        if (!_terms[..Count].Contains(term))
        {
            _terms[Count++] = term;
        }

        _match?.See(term, field, value);
    }

    public void AddWords(scoped ReadOnlySpan<byte> text)
    {
        var words = new WordReader(text, stackalloc byte[WordReader.LongestWord]);
        while (words.Next(out var word))
        {
            var term = RecordTerms.Hash(TermField.Word, word);
            if (!_terms[..Count].Contains(term))
            {
                if (_words == RecordTerms.MostWords)
                {
                    // Words that are there already must still be seen by a query, so the text is read to its end.
                    continue;
                }

                _words++;
                _terms[Count++] = term;
            }

            _match?.See(term, TermField.Word, word);
        }
    }
}
