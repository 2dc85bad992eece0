using System.Text;

namespace Signalbox.Server.Audit.Search;

/// <summary>A query in terms: clauses that must all hold, the one that is likely to leave least first.</summary>
internal sealed class QueryPlan
{
    private const int ShortestId = 16;

    private readonly List<QueryAtom> _atoms = [];
    private readonly List<QueryClause> _clauses = [];

    private QueryPlan(EventQuery query)
    {
        FromMs = query.From is { } from ? Ceiling(from) : long.MinValue;
        UntilMs = query.To is { } to ? Ceiling(to) : long.MaxValue;
        OldestFirst = query.OldestFirst;
    }

    /// <summary>The clauses of <paramref name="query"/>.</summary>
    /// <exception cref="ArgumentException">A filter has too many values.</exception>
    public static QueryPlan Of(EventQuery query)
    {
        var plan = new QueryPlan(query);

        // In the order of what few records have: each clause is asked only of the eras that those before it left.
        plan.AnyOf(TermField.Id, query.Ids);
        plan.AnyOf(TermField.Request, query.Requests);
        plan.AnyOf(TermField.Trace, query.Traces);
        if (query.ResourceTypes.Count > 0 && query.ResourceIds.Count > 0 && query.ResourceTypes.Count * query.ResourceIds.Count <= EventQuery.MostValues)
        {
            plan.AnyOf(TermField.Resource, [.. query.ResourceTypes.SelectMany(type => query.ResourceIds.Select(id => $"{type}\0{id}"))]);
        }
        else
        {
            plan.AnyOf(TermField.ResourceId, query.ResourceIds);
            plan.AnyOf(TermField.ResourceType, query.ResourceTypes);
        }

        plan.AnyOf(TermField.ResourceName, query.ResourceNames);
        plan.AnyOf(TermField.Address, query.Addresses);
        plan.Text(query.Text ?? string.Empty);
        plan.AnyOf(TermField.Actor, query.Actors);
        plan.AnyOf(TermField.OnBehalfOf, query.OnBehalfOf);
        plan.AnyOf(TermField.Reporter, query.Reporters);
        plan.AnyOf(TermField.Policy, query.Policies);
        plan.AnyOf(TermField.Action, query.Actions);
        plan.AnyOf(TermField.Outcome, query.Outcomes);
        plan.AnyOf(TermField.Source, query.Sources);
        return plan;
    }

    public IReadOnlyList<QueryAtom> Atoms => _atoms;

    public IReadOnlyList<QueryClause> Clauses => _clauses;

    /// <summary>Milliseconds, inclusive.</summary>
    public long FromMs { get; }

    /// <summary>Milliseconds, exclusive.</summary>
    public long UntilMs { get; }

    public bool HasTime => FromMs > long.MinValue || UntilMs < long.MaxValue;

    /// <summary>Every event is what is asked for.</summary>
    public bool IsUnfiltered => _clauses.Count == 0 && !HasTime;

    /// <summary>No event can be what is asked for, because none is kept with so many words.</summary>
    public bool IsImpossible { get; private set; }

    public bool OldestFirst { get; }

    private void AnyOf(TermField field, IReadOnlyList<string> values)
    {
        if (values.Count > EventQuery.MostValues)
        {
            throw new ArgumentException($"A filter has at most {EventQuery.MostValues} values.", nameof(values));
        }

        if (values.Count > 0)
        {
            _clauses.Add(new QueryClause([.. values.Distinct(StringComparer.Ordinal).Select(value => (int[])[Atom(field, Encoding.UTF8.GetBytes(value))])]));
        }
    }

    private void Text(string text)
    {
        var seen = new HashSet<int>();
        foreach (var token in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var atoms = Words(token);
            if (_atoms.Count(static atom => atom.Field == TermField.Word) > RecordTerms.MostWords)
            {
                IsImpossible = true;
                return;
            }

            if (LooksLikeId(token))
            {
                var value = Encoding.UTF8.GetBytes(token);
                _clauses.Add(new QueryClause([atoms, [Atom(TermField.Id, value)], [Atom(TermField.Trace, value)], [Atom(TermField.Request, value)]]));
                continue;
            }

            _clauses.AddRange(atoms.Where(seen.Add).Select(static atom => new QueryClause([[atom]])));
        }
    }

    private int[] Words(string token)
    {
        var atoms = new HashSet<int>();
        var words = new WordReader(Encoding.UTF8.GetBytes(token), stackalloc byte[WordReader.LongestWord]);
        while (atoms.Count <= RecordTerms.MostWords && words.Next(out var word))
        {
            atoms.Add(Atom(TermField.Word, word.ToArray()));
        }

        return [.. atoms];
    }

    private int Atom(TermField field, byte[] value)
    {
        var known = _atoms.FindIndex(atom => atom.Field == field && atom.Value.AsSpan().SequenceEqual(value));
        if (known >= 0)
        {
            return known;
        }

        _atoms.Add(new QueryAtom(field, value, RecordTerms.Hash(field, value)));
        return _atoms.Count - 1;
    }

    private static bool LooksLikeId(string token) =>
        token.Length >= ShortestId && token.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') && token.Any(char.IsAsciiDigit);

    /// <summary>Stored times are whole milliseconds, so a bound between two of them is the later one.</summary>
    private static long Ceiling(DateTimeOffset time)
    {
        var whole = time.ToUnixTimeMilliseconds();
        return DateTimeOffset.FromUnixTimeMilliseconds(whole) < time ? whole + 1 : whole;
    }
}

/// <summary>One value that is looked for.</summary>
internal sealed record QueryAtom(TermField Field, byte[] Value, ulong Term);

/// <summary>Holds where one of its alternatives does: all atoms of it, named by their place in the plan.</summary>
internal sealed record QueryClause(IReadOnlyList<int[]> Alternatives)
{
    public IEnumerable<int> Atoms => Alternatives.SelectMany(static atoms => atoms).Distinct();
}
