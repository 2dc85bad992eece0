namespace Signalbox.Server.Ingest.Scrape;

/// <summary>A scrape failed; the message is what the target list shows.</summary>
internal sealed class ScrapeException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The limit that the answer broke; null when it failed for another reason.</summary>
    public string? Limit { get; init; }
}
