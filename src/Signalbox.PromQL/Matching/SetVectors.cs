using Signalbox.PromQL.Evaluation;

namespace Signalbox.PromQL.Matching;

/// <summary>For each signature group, at which steps any of its series has a value.</summary>
internal sealed class PresenceMasks(VectorOperator vector, QueryContext context)
{
    private readonly Dictionary<List<int>, bool[]> _masks = new(ReferenceEqualityComparer.Instance);

    /// <summary>Reads the group's series the first time.</summary>
    public bool[] Of(List<int> members)
    {
        if (_masks.TryGetValue(members, out var mask))
        {
            return mask;
        }

        mask = new bool[vector.Grid.Count];
        var column = context.Columns.Rent(mask.Length);
        foreach (var member in members)
        {
            vector.Read(member, column);
            Add(mask, column);
        }

        context.Columns.Return(column);
        _masks.Add(members, mask);
        return mask;
    }

    public static void Add(bool[] mask, Column column)
    {
        for (var step = 0; step < mask.Length; step++)
        {
            mask[step] |= column.Has(step);
        }
    }
}

/// <summary><c>and</c> and <c>unless</c>.</summary>
internal sealed class IntersectionVector : VectorOperator
{
    private readonly VectorOperator _left;
    private readonly bool _keepMatched;
    private readonly List<int>?[] _partners;
    private readonly PresenceMasks _masks;

    public IntersectionVector(VectorOperator left, VectorOperator right, MatchSignature signature, bool keepMatched, QueryContext context)
        : base(left.Grid, left.Headers)
    {
        _left = left;
        _keepMatched = keepMatched;
        var index = signature.Index(right.Headers);
        _partners = Array.ConvertAll(left.Headers, header => index.GetValueOrDefault(signature.Of(header.Labels)));
        _masks = new PresenceMasks(right, context);
    }

    public override void Read(int series, Column into)
    {
        if (_partners[series] is not { } partners)
        {
            if (_keepMatched)
            {
                into.Clear();
            }
            else
            {
                _left.Read(series, into);
            }

            return;
        }

        _left.Read(series, into);
        var mask = _masks.Of(partners);
        for (var step = 0; step < mask.Length; step++)
        {
            if (mask[step] != _keepMatched)
            {
                into.SetAbsent(step);
            }
        }
    }
}

/// <summary><c>or</c>: everything of the left side, and of the right side what the left side has no match for.</summary>
internal sealed class UnionVector : VectorOperator
{
    private readonly VectorOperator _left;
    private readonly VectorOperator _right;
    private readonly List<int>?[] _partners;
    private readonly List<int>?[] _groupOfLeft;
    private readonly Dictionary<List<int>, bool[]> _masks = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, Column> _kept = [];
    private readonly ColumnPool _pool;

    public UnionVector(VectorOperator left, VectorOperator right, MatchSignature signature, QueryContext context)
        : base(left.Grid, [.. left.Headers, .. right.Headers])
    {
        _left = left;
        _right = right;
        _pool = context.Columns;
        var index = signature.Index(left.Headers);
        _partners = Array.ConvertAll(right.Headers, header => index.GetValueOrDefault(signature.Of(header.Labels)));
        _groupOfLeft = new List<int>?[left.Headers.Length];
        foreach (var partners in _partners.OfType<List<int>>())
        {
            partners.ForEach(member => _groupOfLeft[member] = partners);
        }
    }

    public override void Read(int series, Column into)
    {
        if (series < _left.Headers.Length)
        {
            ReadLeft(series, into);
            return;
        }

        var right = series - _left.Headers.Length;
        _right.Read(right, into);
        if (_partners[right] is not { } partners)
        {
            return;
        }

        var mask = MaskOf(partners);
        for (var step = 0; step < mask.Length; step++)
        {
            if (mask[step])
            {
                into.SetAbsent(step);
            }
        }
    }

    /// <summary>A left series may be wanted as a result and for a mask, in either order, but can be read only once.</summary>
    private void ReadLeft(int series, Column into)
    {
        if (_kept.Remove(series, out var column))
        {
            into.CopyFrom(column);
            _pool.Return(column);
            return;
        }

        _left.Read(series, into);
        if (_groupOfLeft[series] is { } group)
        {
            _groupOfLeft[series] = null;
            PresenceMasks.Add(UnfinishedMask(group), into);
        }
    }

    private bool[] UnfinishedMask(List<int> partners)
    {
        if (!_masks.TryGetValue(partners, out var mask))
        {
            _masks.Add(partners, mask = new bool[Grid.Count]);
        }

        return mask;
    }

    private bool[] MaskOf(List<int> partners)
    {
        var mask = UnfinishedMask(partners);
        foreach (var member in partners)
        {
            if (_groupOfLeft[member] is not null)
            {
                var column = _pool.Rent(Grid.Count);
                _left.Read(member, column);
                PresenceMasks.Add(mask, column);
                _kept.Add(member, column);
                _groupOfLeft[member] = null;
            }
        }

        return mask;
    }
}
