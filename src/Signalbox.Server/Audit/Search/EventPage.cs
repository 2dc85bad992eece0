using Signalbox.Server.Audit.Storage;

namespace Signalbox.Server.Audit.Search;

/// <summary>A page of events that were found.</summary>
/// <param name="Next">Where the next page begins; null when there is none. A page may be short, even empty, and have a next one all the same: when the search had much to go through.</param>
internal sealed record EventPage(IReadOnlyList<StoredEvent> Items, long? Next)
{
    public static EventPage Empty { get; } = new([], null);
}
