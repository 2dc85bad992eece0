namespace Signalbox.Server.Jobs.Running.Output;

/// <summary>A piece of one stream as it is kept: a row of <c>job_output</c>.</summary>
/// <param name="Seq">Grows within an execution, over its attempts; see <see cref="OutputSequence"/>.</param>
internal sealed record OutputRow(long Seq, OutputStream Stream, long AtMs, string Text);

/// <summary>Numbers the rows of an execution so that its attempts can never collide, not even when an attempt that was given up writes late.</summary>
internal static class OutputSequence
{
    /// <summary>Rows of one attempt; no output that is kept has nearly as many.</summary>
    public const long PerAttempt = 1_000_000_000;

    /// <param name="attempt">From 1.</param>
    public static long FirstOf(int attempt) => attempt * PerAttempt;

    public static int AttemptOf(long seq) => (int)(seq / PerAttempt);
}
