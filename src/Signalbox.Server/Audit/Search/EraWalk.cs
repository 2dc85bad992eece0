namespace Signalbox.Server.Audit.Search;

/// <summary>The order in which a search goes through eras: the near end first, in pieces that grow, because most searches end early and the others are to be quick as well.</summary>
internal sealed class EraWalk
{
    private const int FirstPiece = 2;
    private const int Growth = 4;
    private const int LongestPiece = 256;

    private readonly bool _up;
    private long _first;
    private long _last;
    private int _piece = FirstPiece;
    private long _taken;

    public EraWalk(long first, long last, bool up)
    {
        _first = first;
        _last = last;
        _up = up;
    }

    /// <summary>How many full eras were given out before the last piece.</summary>
    public long TakenBefore { get; private set; }

    /// <param name="most">Eras of one piece.</param>
    /// <param name="filling">The era that is not full as yet, which is always a piece of its own.</param>
    /// <returns>False when all was given out.</returns>
    public bool TryTake(int most, long filling, out (long First, long Last) eras)
    {
        eras = (_first, _last);
        if (_first > _last)
        {
            return false;
        }

        if ((_up ? _first : _last) == filling)
        {
            eras = (filling, filling);
            Remove(eras);
            return true;
        }

        var count = Math.Min(Math.Min(_piece, most), LongestPiece);
        eras = _up ? (_first, Math.Min(_first + count - 1, _last == filling ? _last - 1 : _last)) : (Math.Max(_last - count + 1, _first), _last);
        Remove(eras);
        _piece = Math.Min(_piece * Growth, LongestPiece);
        (TakenBefore, _taken) = (_taken, _taken + eras.Last - eras.First + 1);
        return true;
    }

    private void Remove((long First, long Last) eras) => (_first, _last) = _up ? (eras.Last + 1, _last) : (_first, eras.First - 1);
}
