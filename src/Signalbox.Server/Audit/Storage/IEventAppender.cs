using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Storage;

/// <summary>Adds many events in the way that is fastest on one kind of database.</summary>
/// <remarks>Used by one writer at a time.</remarks>
internal interface IEventAppender
{
    Task AppendAsync(ControlSession session, IReadOnlyList<NewEvent> events);
}
