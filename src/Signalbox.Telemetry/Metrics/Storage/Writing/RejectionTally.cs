namespace Signalbox.Telemetry.Metrics.Storage.Writing;

/// <summary>Counts what one append had refused, with a sentence about the first of each reason.</summary>
internal sealed class RejectionTally
{
    private static readonly int Reasons = Enum.GetValues<RejectionReason>().Length;
    private readonly long[] _counts = new long[Reasons];
    private readonly string?[] _examples = new string?[Reasons];

    /// <param name="example">Called for the first of a reason only.</param>
    public void Add<TState>(RejectionReason reason, long count, TState state, Func<TState, string> example)
        where TState : allows ref struct
    {
        _counts[(int)reason] += count;
        _examples[(int)reason] ??= example(state);
    }

    public IReadOnlyList<Rejection> ToList()
    {
        var rejections = new List<Rejection>();
        for (var index = 0; index < Reasons; index++)
        {
            if (_counts[index] > 0)
            {
                rejections.Add(new Rejection((RejectionReason)index, _counts[index], _examples[index]!));
            }
        }

        return rejections;
    }
}
