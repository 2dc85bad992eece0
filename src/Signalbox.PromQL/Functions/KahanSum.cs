using System.Runtime.CompilerServices;

namespace Signalbox.PromQL.Functions;

/// <summary>A sum with Neumaier's compensation, so that small values beside large ones are not lost.</summary>
/// <remarks>Source: https://en.wikipedia.org/wiki/Kahan_summation_algorithm#Further_enhancements</remarks>
internal struct KahanSum
{
    public double Sum;
    public double Compensation;

    /// <summary>The compensation of an infinite sum means nothing.</summary>
    public readonly double Value => double.IsInfinity(Sum) ? Sum : Sum + Compensation;

    /// <summary>The sum of all values; when it is not finite, the compensation is meaningless and <see cref="Add(double)"/> must be used instead.</summary>
    public static KahanSum OfFinite(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        var compensation = 0.0;
        foreach (var value in values)
        {
            var total = sum + value;
            compensation += Math.Abs(sum) >= Math.Abs(value) ? (sum - total) + value : (value - total) + sum;
            sum = total;
        }

        return new KahanSum { Sum = sum, Compensation = compensation };
    }

    /// <summary>Adds another sum with its compensation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(KahanSum other)
    {
        Add(other.Sum);
        Compensation += other.Compensation;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double value)
    {
        var total = Sum + value;
        if (double.IsInfinity(total))
        {
            Compensation = 0;
        }
        else
        {
            Compensation += Math.Abs(Sum) >= Math.Abs(value) ? (Sum - total) + value : (value - total) + Sum;
        }

        Sum = total;
    }
}

/// <summary>A mean that adds directly, and changes to stepwise means only when the sum would overflow.</summary>
internal struct KahanMean
{
    private KahanSum _sum;
    private bool _stepwise;

    public long Count { get; private set; }

    public readonly double Value => _stepwise ? _sum.Sum + _sum.Compensation : (_sum.Sum / Count) + (_sum.Compensation / Count);

    public void Add(double value)
    {
        Count++;
        if (Count == 1)
        {
            _sum.Sum = value;
            return;
        }

        if (!_stepwise)
        {
            var next = _sum;
            next.Add(value);
            if (!double.IsInfinity(next.Sum))
            {
                _sum = next;
                return;
            }

            _stepwise = true;
            _sum.Sum /= Count - 1;
            _sum.Compensation /= Count - 1;
        }

        var share = (double)(Count - 1) / Count;
        _sum.Sum *= share;
        _sum.Compensation *= share;
        _sum.Add(value / Count);
    }
}
