namespace Signalbox.Audit.Bench.Querying;

/// <summary>Draws numbers of which the low ones are frequent, as names and resources are in life.</summary>
internal sealed class Zipf
{
    private readonly double[] _sums;

    public Zipf(int count)
    {
        _sums = new double[count];
        var sum = 0.0;
        for (var index = 0; index < count; index++)
        {
            _sums[index] = sum += 1.0 / (index + 1);
        }
    }

    public int Draw(Random random)
    {
        var found = Array.BinarySearch(_sums, random.NextDouble() * _sums[^1]);
        return Math.Min(found < 0 ? ~found : found, _sums.Length - 1);
    }
}
