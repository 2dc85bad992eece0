namespace Signalbox.Server.Audit.Search;

/// <summary>Decides whether a record is what a query asks for, by the record itself: terms are hashes, and two values may share one.</summary>
/// <remarks>For one search; not thread-safe.</remarks>
internal sealed class RecordMatch
{
    private readonly QueryPlan _plan;
    private readonly ulong[] _terms;
    private readonly bool[] _seen;
    private readonly ulong[] _scratch = new ulong[RecordTerms.Most];

    public RecordMatch(QueryPlan plan)
    {
        _plan = plan;
        _terms = [.. plan.Atoms.Select(static atom => atom.Term)];
        _seen = new bool[_terms.Length];
    }

    /// <param name="timeMs">The record's time.</param>
    public bool Holds(long timeMs, ReadOnlySpan<byte> body)
    {
        if (timeMs < _plan.FromMs || timeMs >= _plan.UntilMs)
        {
            return false;
        }

        if (_plan.Clauses.Count == 0)
        {
            return true;
        }

        Array.Clear(_seen);
        var terms = new TermSet(_scratch, this);
        _ = RecordWalk.TryRun(body, ref terms);
        return _plan.Clauses.All(Holds);
    }

    /// <summary>Hears of each value of the record.</summary>
    public void See(ulong term, TermField field, scoped ReadOnlySpan<byte> value)
    {
        var start = 0;
        for (var next = _terms.AsSpan().IndexOf(term); next >= 0; next = _terms.AsSpan(start).IndexOf(term))
        {
            var atom = _plan.Atoms[start + next];
            _seen[start + next] |= atom.Field == field && value.SequenceEqual(atom.Value);
            start += next + 1;
        }
    }

    private bool Holds(QueryClause clause)
    {
        foreach (var alternative in clause.Alternatives)
        {
            if (Array.TrueForAll(alternative, atom => _seen[atom]) && alternative.Length > 0)
            {
                return true;
            }
        }

        return false;
    }
}
