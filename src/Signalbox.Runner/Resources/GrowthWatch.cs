namespace Signalbox.Runner.Resources;

/// <summary>Notices a count that only grows: each time more than before, so often in a row and by so much that chance is no explanation.</summary>
internal sealed class GrowthWatch
{
    /// <summary>Growing steps in a row.</summary>
    public const int Steps = 6;

    /// <summary>At the end, of the count at their beginning.</summary>
    private const double Factor = 1.2;

    private long _from = -1;
    private long _last = -1;
    private int _steps;
    private bool _told;

    /// <returns>Where the growth began, when it is to be warned of: once.</returns>
    public long? Take(long count)
    {
        if (_last >= 0 && count > _last)
        {
            _steps++;
        }
        else
        {
            (_steps, _from) = (0, count);
        }

        _last = count;
        if (_told || _steps < Steps || count < _from * Factor)
        {
            return null;
        }

        _told = true;
        return _from;
    }
}
