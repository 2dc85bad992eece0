namespace Signalbox.Server.Audit.Search;

/// <summary>Takes the terms of one record after the other.</summary>
internal sealed class TermSegmentBuilder
{
    private const int Usual = 40;

    private readonly List<int> _ends;
    private readonly List<long> _times;
    private ulong[] _terms;
    private int _count;

    public TermSegmentBuilder(int expected)
    {
        _ends = new List<int>(expected);
        _times = new List<long>(expected);
        _terms = new ulong[(expected * Usual) + RecordTerms.Most];
    }

    public int Count => _ends.Count;

    public void Add(long timeMs, ReadOnlySpan<byte> body)
    {
        if (_terms.Length - _count < RecordTerms.Most)
        {
            Array.Resize(ref _terms, _terms.Length * 2);
        }

        _count += RecordTerms.Of(body, _terms.AsSpan(_count));
        _ends.Add(_count);
        _times.Add(timeMs);
    }

    /// <summary>Keeps the place of records whose payload is gone.</summary>
    /// <param name="timeMs">The time of the next one that is there, so that they do not stand out.</param>
    public void AddMissing(int count, long timeMs)
    {
        for (var index = 0; index < count; index++)
        {
            _ends.Add(_count);
            _times.Add(timeMs);
        }
    }

    public TermSegment Build() => new(_terms.AsSpan(0, _count).ToArray(), [.. _ends], [.. _times]);
}
