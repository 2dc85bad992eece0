using Signalbox.Server.Audit.Merkle;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Keeps the right edge of the trees that were written last; one that is missing is read again from the tables.</summary>
/// <remarks>One user at a time.</remarks>
internal sealed class Frontiers(int most)
{
    private readonly Dictionary<int, (TileBuilder Tree, long Used)> _trees = [];
    private long _uses;

    /// <summary>Takes the tree out, so that a failure leaves none behind that is ahead of its log.</summary>
    /// <returns>Null when none is kept, or when somebody else has written the log since.</returns>
    public TileBuilder? Take(int log, long size) => _trees.Remove(log, out var kept) && kept.Tree.Size == size ? kept.Tree : null;

    public void Clear() => _trees.Clear();

    public void Keep(int log, TileBuilder tree)
    {
        if (_trees.Count >= most)
        {
            _trees.Remove(_trees.MinBy(static pair => pair.Value.Used).Key);
        }

        _trees[log] = (tree, _uses++);
    }
}
