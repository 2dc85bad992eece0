namespace Signalbox.Server.Audit.Search;

/// <summary>In which order the clauses of a search are looked at: what the eras seen so far had least of comes first, because each clause is asked only of the eras that those before it left.</summary>
internal sealed class ClauseOrder
{
    private readonly List<Seen> _clauses;

    public ClauseOrder(QueryPlan plan) => _clauses = [.. plan.Clauses.Select(static clause => new Seen(clause))];

    /// <remarks>A clause that was not looked at as yet was not needed as yet, and stays behind.</remarks>
    public IReadOnlyList<QueryClause> Sorted() => [.. _clauses.OrderBy(static seen => seen.Eras == 0 ? double.MaxValue : (double)seen.Records / seen.Eras).Select(static seen => seen.Clause)];

    /// <param name="found">The records of one era for which the clause holds.</param>
    public void Note(QueryClause clause, EraBits found)
    {
        foreach (var seen in _clauses)
        {
            if (ReferenceEquals(seen.Clause, clause))
            {
                seen.Eras++;
                seen.Records += found.Count;
            }
        }
    }

    private sealed class Seen(QueryClause clause)
    {
        public QueryClause Clause { get; } = clause;

        public long Eras { get; set; }

        public long Records { get; set; }
    }
}
