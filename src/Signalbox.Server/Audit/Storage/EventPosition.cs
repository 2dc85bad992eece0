namespace Signalbox.Server.Audit.Storage;

/// <summary>The key of an event: its log and its sequence in one number.</summary>
internal static class EventPosition
{
    private const int SequenceBits = 40;

    /// <summary>One more than the greatest sequence that fits.</summary>
    public const long MaxSize = 1L << SequenceBits;

    public static long Of(int log, long sequence) => ((long)log << SequenceBits) + sequence;

    public static long SequenceOf(long position) => position & (MaxSize - 1);
}
