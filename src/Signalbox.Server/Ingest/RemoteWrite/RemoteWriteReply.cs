namespace Signalbox.Server.Ingest.RemoteWrite;

/// <summary>What a remote-write sender is told.</summary>
/// <param name="Text">The reason, which Prometheus puts into its log; null when all is well.</param>
internal sealed record RemoteWriteReply(int Status, string? Text)
{
    /// <summary>Set when the sender shall try again: after this time.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public long SamplesWritten { get; init; }

    public long HistogramsWritten { get; init; }

    public static RemoteWriteReply ComeBack(string text, TimeSpan after) => new(StatusCodes.Status503ServiceUnavailable, text) { RetryAfter = after };
}
