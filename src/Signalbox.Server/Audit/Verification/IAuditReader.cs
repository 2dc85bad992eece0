using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Verification;

/// <summary>Runs queries on the database of the log, within a server or beside it.</summary>
internal interface IAuditReader
{
    Task<T> ReadAsync<T>(Func<ControlSession, Task<T>> query, CancellationToken cancellationToken);
}
