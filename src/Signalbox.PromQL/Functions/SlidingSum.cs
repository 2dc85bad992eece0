namespace Signalbox.PromQL.Functions;

/// <summary>Sums of windows that slide over one series, in constant time a step however long the window is.</summary>
/// <remarks>
/// The window is kept as two halves: sums from each sample to a turning point, made when the window's start passes the last one, and one running sum after it.
/// Nothing is ever subtracted, so the result is as exact as adding the window anew.
/// </remarks>
internal sealed class SlidingSum
{
    /// <summary>Shorter windows are added directly, which is faster.</summary>
    private const int Direct = 32;

    private KahanSum[] _fromHere = [];
    private KahanSum _after;
    private int _turn;
    private int _end;

    public void Begin(int samples)
    {
        if (_fromHere.Length < samples)
        {
            _fromHere = new KahanSum[samples];
        }

        (_turn, _end) = (0, 0);
    }

    /// <param name="first">Where the window begins within the series; never falls from call to call.</param>
    /// <returns>The sum; not to be used when it is not finite.</returns>
    public KahanSum Of(ReadOnlySpan<double> window, int first)
    {
        if (window.Length <= Direct)
        {
            return KahanSum.OfFinite(window);
        }

        var end = first + window.Length;
        if (first >= _turn)
        {
            Turn(window, first);
        }
        else
        {
            for (var index = _end; index < end; index++)
            {
                _after.Add(window[index - first]);
            }
        }

        _end = end;
        var sum = _fromHere[first];
        sum.Add(_after);
        return sum;
    }

    private void Turn(ReadOnlySpan<double> window, int first)
    {
        var sum = default(KahanSum);
        for (var index = window.Length - 1; index >= 0; index--)
        {
            sum.Add(window[index]);
            _fromHere[first + index] = sum;
        }

        _turn = first + window.Length;
        _after = default;
    }
}

/// <summary>The extreme value of windows that slide over one series, in constant time a step.</summary>
/// <remarks>Keeps the positions of the values that may still become the extreme one, best first. NaN never does, unless there is nothing else.</remarks>
internal sealed class SlidingExtreme(bool highest)
{
    private int[] _candidates = [];
    private int _head;
    private int _tail;
    private int _end;

    public void Begin(int samples)
    {
        if (_candidates.Length < samples)
        {
            _candidates = new int[samples];
        }

        (_head, _tail, _end) = (0, 0, 0);
    }

    /// <param name="first">Where the window begins within the series; never falls from call to call.</param>
    public double Of(ReadOnlySpan<double> window, int first)
    {
        while (_head < _tail && _candidates[_head] < first)
        {
            _head++;
        }

        for (var index = Math.Max(_end, first); index < first + window.Length; index++)
        {
            var value = window[index - first];
            if (double.IsNaN(value))
            {
                continue;
            }

            while (_tail > _head && (highest ? window[_candidates[_tail - 1] - first] <= value : window[_candidates[_tail - 1] - first] >= value))
            {
                _tail--;
            }

            _candidates[_tail++] = index;
        }

        _end = first + window.Length;
        return _head < _tail ? window[_candidates[_head] - first] : double.NaN;
    }
}
