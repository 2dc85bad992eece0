namespace Signalbox.PromQL.Evaluation;

/// <summary>The moments at which an expression is evaluated.</summary>
/// <param name="Start">The first moment, in milliseconds.</param>
/// <param name="Step">Milliseconds between two moments; at least 1.</param>
/// <param name="Count">How many moments there are.</param>
internal readonly record struct StepGrid(long Start, long Step, int Count)
{
    public long End => Start + (Step * (Count - 1L));

    public long Time(int step) => Start + (Step * step);
}
