using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Matching;

/// <summary>An operator between two vectors, pair by pair.</summary>
/// <remarks>
/// The usual group has one series on each side and streams through. Other groups keep their columns until their last pair has been read.
/// </remarks>
internal sealed class PairVector : VectorOperator
{
    private readonly VectorOperator _many;
    private readonly VectorOperator _one;
    private readonly PairPlan _plan;
    private readonly QueryContext _context;
    private readonly ColumnOperation _operation;
    private readonly HistogramOperation _histograms;
    private readonly LoadedGroup?[] _loaded;

    public PairVector(BinaryExpr binary, VectorOperator left, VectorOperator right, PairPlan plan, QueryContext context)
        : base(left.Grid, plan.Headers)
    {
        (_many, _one) = plan.Swapped ? (right, left) : (left, right);
        _plan = plan;
        _context = context;
        _operation = Operators.IsComparison(binary.Operator) && !binary.ReturnBool
            ? ColumnMath.Filter(binary.Operator, keepRight: false)
            : ColumnMath.Values(binary.Operator);
        _histograms = new HistogramOperation(binary, context.Annotations);
        _loaded = new LoadedGroup?[plan.Groups.Length];
        CheckUnmatchedGroups();
    }

    public override void Read(int series, Column into)
    {
        var pair = _plan.Pairs[series];
        var group = _plan.Groups[pair.Group];
        var filled = _plan.FillMany is not null || _plan.FillOne is not null;
        if (group.Many.Count == 1 && group.One.Count == 1 && !filled)
        {
            var other = _context.Columns.Rent(Grid.Count);
            _many.Read(pair.Many, into);
            _one.Read(pair.One, other);
            Combine(into, other);
            _context.Columns.Return(other);
            return;
        }

        var loaded = _loaded[pair.Group] ??= Load(group);
        var right = _context.Columns.Rent(Grid.Count);
        if (loaded.StreamsMany)
        {
            _many.Read(pair.Many, into);
        }
        else
        {
            loaded.CopyMany(pair.Many, into, _plan.FillMany);
        }

        loaded.CopyOne(pair.One, right, _plan.FillOne);
        Combine(into, right);
        _context.Columns.Return(right);
        if (loaded.IsDone())
        {
            loaded.Release(_context.Columns);
            _loaded[pair.Group] = null;
        }
    }

    /// <summary>Leaves the result in <paramref name="many"/>.</summary>
    private void Combine(Column many, Column one)
    {
        if (many.HasHistograms || one.HasHistograms)
        {
            _histograms.Combine(many, one, _plan.Swapped, _operation, _context.Columns);
            return;
        }

        if (!_plan.Swapped)
        {
            _operation(many.Values, one.Values, many.Values);
            return;
        }

        // The left side's value is kept by comparisons, whichever side is the "many" one.
        _operation(one.Values, many.Values, many.Values);
    }

    private LoadedGroup Load(MatchGroup group)
    {
        var one = LoadSide(_one, group.One);
        var pairs = (group.Many.Count * group.One.Count)
            + (_plan.FillOne is null ? 0 : group.Many.Count)
            + (_plan.FillMany is null ? 0 : group.One.Count);
        var streams = _plan.IsGrouped && group.One.Count == 1 && _plan.FillOne is null && _plan.FillMany is null;
        var loaded = new LoadedGroup(group, streams ? [] : LoadSide(_many, group.Many), one, pairs);
        CheckDistinct(loaded.One, group, many: false);
        if (!_plan.IsGrouped)
        {
            CheckDistinct(loaded.Many, group, many: true, loaded.OnePresent);
        }

        return loaded;
    }

    private Column[] LoadSide(VectorOperator side, List<int> members)
    {
        var columns = new Column[members.Count];
        for (var index = 0; index < columns.Length; index++)
        {
            columns[index] = _context.Columns.Rent(Grid.Count);
            side.Read(members[index], columns[index]);
        }

        return columns;
    }

    /// <summary>Series of the "one" side that have the same signature are a mistake even where nothing meets them.</summary>
    private void CheckUnmatchedGroups()
    {
        if (_many.Headers.Length == 0)
        {
            return;
        }

        foreach (var group in _plan.Groups)
        {
            if (group.Many.Count == 0 && group.One.Count > 1 && _plan.FillMany is null)
            {
                var columns = LoadSide(_one, group.One);
                CheckDistinct(columns, group, many: false);
                Array.ForEach(columns, _context.Columns.Return);
            }
        }
    }

    private void CheckDistinct(Column[] columns, MatchGroup group, bool many, bool[]? where = null)
    {
        for (var step = 0; columns.Length > 1 && step < Grid.Count; step++)
        {
            var first = Array.FindIndex(columns, column => column.Has(step));
            var second = first < 0 ? -1 : Array.FindIndex(columns, first + 1, column => column.Has(step));
            if (second < 0 || (where is not null && !where[step]))
            {
                continue;
            }

            if (many)
            {
                throw new PromQLExecutionException("multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)");
            }

            var (one, other) = (_one.Headers[group.One[first]].Labels, _one.Headers[group.One[second]].Labels);
            (one, other) = one.CompareTo(other) <= 0 ? (one, other) : (other, one);
            throw new PromQLExecutionException(
                $"found duplicate series for the match group {BracedText(group.Signature)} on the {(_plan.Swapped ? "left" : "right")} hand-side of the operation: "
                + $"[{BracedText(one)}, {BracedText(other)}];many-to-many matching not allowed: matching labels must be unique on one side");
        }
    }

    private static string BracedText(Model.Labels labels) =>
        "{" + string.Join(", ", labels.Select(static label => $"{label.Name}={StringText.Quote(label.Value)}")) + "}";
}
