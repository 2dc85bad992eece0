using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Storage;

namespace Signalbox.Server.Audit.Archives;

/// <summary>Where the events and hashes of an export come from.</summary>
internal interface IArchiveContent : ITileReader
{
    /// <summary>Neighbouring events, the first of them included, in order; fewer where payloads are gone.</summary>
    Task<IReadOnlyList<StoredEvent>> EventsAsync(long first, int count, CancellationToken cancellationToken);
}
