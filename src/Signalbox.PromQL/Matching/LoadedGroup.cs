using Signalbox.PromQL.Evaluation;

namespace Signalbox.PromQL.Matching;

/// <summary>The columns of a signature group while its pairs are computed.</summary>
internal sealed class LoadedGroup
{
    private readonly MatchGroup _group;
    private int _remaining;

    public LoadedGroup(MatchGroup group, Column[] many, Column[] one, int pairs)
    {
        _group = group;
        Many = many;
        One = one;
        _remaining = pairs;
        OnePresent = PresenceOf(one);
        ManyPresent = PresenceOf(many);
    }

    public Column[] Many { get; }

    /// <summary>Each series of the "many" side meets exactly one other, so that side need not be kept.</summary>
    public bool StreamsMany => Many.Length == 0 && _group.Many.Count > 0;

    public Column[] One { get; }

    /// <summary>At which steps the "one" side has a value.</summary>
    public bool[] OnePresent { get; }

    public bool[] ManyPresent { get; }

    public bool IsDone() => --_remaining == 0;

    public void CopyMany(int series, Column into, double? fill) => Copy(_group.Many, Many, ManyPresent, series, into, fill);

    public void CopyOne(int series, Column into, double? fill) => Copy(_group.One, One, OnePresent, series, into, fill);

    public void Release(ColumnPool pool)
    {
        Array.ForEach(Many, pool.Return);
        Array.ForEach(One, pool.Return);
    }

    /// <summary>A side that is filled in has the fill value where none of its series has one.</summary>
    private static void Copy(List<int> members, Column[] columns, bool[] present, int series, Column into, double? fill)
    {
        if (series >= 0)
        {
            into.CopyFrom(columns[members.IndexOf(series)]);
            return;
        }

        into.Clear();
        for (var step = 0; step < into.Count; step++)
        {
            if (present.Length == 0 || !present[step])
            {
                into.Values[step] = fill ?? Column.Absent;
            }
        }
    }

    private static bool[] PresenceOf(Column[] columns)
    {
        if (columns.Length == 0)
        {
            return [];
        }

        var present = new bool[columns[0].Count];
        foreach (var column in columns)
        {
            for (var step = 0; step < present.Length; step++)
            {
                present[step] |= column.Has(step);
            }
        }

        return present;
    }
}
