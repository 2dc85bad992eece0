namespace Signalbox.Runner.Resources;

/// <summary>Keeps a line of points short: when it is full, of two neighbours the higher stays, and from then on as many new points make one.</summary>
/// <remarks>The result depends on the points and their order alone. The highest point is never lost, and points keep their own times.</remarks>
internal sealed class ResourceChart
{
    public const int MaxPoints = 600;

    private readonly List<double[]> _points = [];
    private double[]? _pending;
    private int _stride = 1;
    private int _count;

    /// <summary>Each with its offset in seconds first, and then bytes of the tree and of the runner, whose sum says which of two is higher.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Points => _pending is null ? [.. _points] : [.. _points, _pending];

    public void Add(double[] point)
    {
        _pending = Higher(_pending, point);
        if (++_count < _stride)
        {
            return;
        }

        // One place stays free for the points that are still being gathered.
        if (_points.Count == MaxPoints - 1)
        {
            Halve();
            return;
        }

        _points.Add(_pending);
        (_pending, _count) = (null, 0);
    }

    private void Halve()
    {
        var kept = 0;
        for (var index = 0; index < _points.Count; index += 2)
        {
            _points[kept++] = Higher(_points[index], index + 1 < _points.Count ? _points[index + 1] : _points[index]);
        }

        _points.RemoveRange(kept, _points.Count - kept);
        _stride *= 2;
    }

    private static double[] Higher(double[]? first, double[] second) => first is null || second[1] + second[2] > first[1] + first[2] ? second : first;
}
