namespace Signalbox.Server.Jobs.Running.Output;

/// <summary>What the table lacks of one run's output, and what it has too much.</summary>
/// <param name="Rows">To insert, in order; the mark of the cut is among them when it changed.</param>
/// <param name="DeleteFrom">With <paramref name="DeleteBelow"/>: rows that are left out by now, from this number on; nothing when both are equal.</param>
/// <param name="DeleteBelow">The first number that stays.</param>
/// <param name="After">Written before: the rows up to this number, the mark aside.</param>
/// <param name="Through">Written afterwards: the rows up to this number.</param>
/// <param name="Unsure">An earlier write failed and may have reached the table all the same: what stands after <paramref name="After"/> is deleted first.</param>
/// <param name="CutBytes">What the mark says.</param>
internal sealed record OutputChange(
    string ExecutionId,
    IReadOnlyList<OutputRow> Rows,
    long DeleteFrom,
    long DeleteBelow,
    long After,
    long Through,
    bool Unsure,
    long CutBytes)
{
    /// <summary>The first number that a later attempt may use.</summary>
    public long End => OutputSequence.FirstOf(OutputSequence.AttemptOf(Through) + 1);
}
