using System.Numerics;

namespace Signalbox.Telemetry.Metrics.Storage.Chunks;

/// <summary>How to write a chunk's values as whole numbers times a power of ten, when that gives back every bit.</summary>
/// <param name="Places">Decimal places, 0 … <see cref="MostPlaces"/>.</param>
/// <param name="First">The first value as a whole number.</param>
/// <param name="Residuals">What each further value differs from its prediction by, folded to non-negative.</param>
/// <param name="Order">1: a value is predicted to move by <paramref name="Step"/>; 2: to move as far as the one before did.</param>
/// <param name="Step">The usual move; 0 for order 2.</param>
/// <param name="Narrow">Bits of a small residual, at least 1.</param>
/// <param name="Wide">Bits of a larger one, more than <paramref name="Narrow"/>.</param>
internal sealed record DecimalPlan(int Places, long First, ulong[] Residuals, int Order, long Step, int Narrow, int Wide)
{
    public const int MostPlaces = 4;

    private const double Exact = 1L << 53;
    private static readonly double[] Powers = [1, 10, 100, 1000, 10_000];

    public static double Power(int places) => Powers[places];

    /// <returns>Null when a value is not finite, or needs more places or digits.</returns>
    public static DecimalPlan? For(ReadOnlySpan<double> values)
    {
        var whole = new long[values.Length];
        for (var places = 0; places <= MostPlaces; places++)
        {
            if (Scale(values, places, whole))
            {
                return Best(places, whole);
            }
        }

        return null;
    }

    private static bool Scale(ReadOnlySpan<double> values, int places, long[] whole)
    {
        for (var index = 0; index < values.Length; index++)
        {
            var scaled = Math.Round(values[index] * Powers[places]);
            if (!(Math.Abs(scaled) < Exact)
                || BitConverter.DoubleToInt64Bits((long)scaled / Powers[places]) != BitConverter.DoubleToInt64Bits(values[index]))
            {
                return false;
            }

            whole[index] = (long)scaled;
        }

        return true;
    }

    private static DecimalPlan Best(int places, long[] whole)
    {
        var first = Plan(places, whole, 1, out var firstCost);
        var second = Plan(places, whole, 2, out var secondCost);
        return secondCost < firstCost ? second : first;
    }

    private static DecimalPlan Plan(int places, long[] whole, int order, out long cost)
    {
        var residuals = new ulong[whole.Length - 1];
        var step = order == 1 ? UsualMove(whole) : 0;
        Span<int> widths = stackalloc int[65];
        var delta = 0L;
        for (var index = 1; index < whole.Length; index++)
        {
            var moved = whole[index] - whole[index - 1];
            var residual = ByteAppender.ZigZag(order == 1 ? moved - step : moved - delta);
            delta = moved;
            residuals[index - 1] = residual;
            widths[64 - BitOperations.LeadingZeroCount(residual)]++;
        }

        var (narrow, wide) = Choose(widths, out cost);
        return new DecimalPlan(places, whole[0], residuals, order, step, narrow, wide);
    }

    // The median: exact for what moves steadily or stands still, and in the middle of what scatters.
    private static long UsualMove(long[] whole)
    {
        if (whole.Length < 2)
        {
            return 0;
        }

        var moves = new long[whole.Length - 1];
        for (var index = 1; index < whole.Length; index++)
        {
            moves[index - 1] = whole[index] - whole[index - 1];
        }

        Array.Sort(moves);
        return moves[moves.Length / 2];
    }

    // Codes: 0 and narrow bits, 10 and wide bits, 11 and 64 bits.
    private static (int Narrow, int Wide) Choose(ReadOnlySpan<int> widths, out long cost)
    {
        Span<int> upTo = stackalloc int[65];
        var sum = 0;
        for (var width = 1; width <= 64; width++)
        {
            sum += widths[width];
            upTo[width] = sum;
        }

        var best = (Narrow: 1, Wide: 2);
        cost = long.MaxValue;
        for (var narrow = 1; narrow < 56; narrow++)
        {
            for (var wide = narrow + 1; wide <= 56; wide++)
            {
                var bits = ((1L + narrow) * upTo[narrow]) + ((2L + wide) * (upTo[wide] - upTo[narrow])) + (66L * (sum - upTo[wide]));
                if (bits < cost)
                {
                    cost = bits;
                    best = (narrow, wide);
                }
            }
        }

        return best;
    }
}
