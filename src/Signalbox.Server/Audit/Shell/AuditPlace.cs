using Signalbox.Server.Audit.Archives;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Audit.Verification;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Shell;

/// <summary>Where the log lies, as the settings of a server say it; it can be read there while the server runs, and when it does not.</summary>
internal sealed record AuditPlace(string DataFolder, ControlOptions Control, KeyOptions Keys)
{
    /// <exception cref="Platform.StartupException">There is no log.</exception>
    public StoreLogSource Open(string tenant, TimeProvider clock) => new(Log(clock), KeyStore(clock), Keys, tenant);

    /// <inheritdoc cref="Open"/>
    public LogExport Export(TimeProvider clock, out IAsyncDisposable connections)
    {
        var (log, keys) = (Log(clock), KeyStore(clock));
        connections = new Both(log, keys);
        return new LogExport(log, (tenant, cancellationToken) => keys.ReadAsync(session => KnownKey.ListAsync(session, Keys.Origin, tenant), cancellationToken));
    }

    private StoreConnections Log(TimeProvider clock) => Shared() ?? StoreConnections.ForFile(Path.Combine(DataFolder, AuditDatabase.FileName), clock);

    private StoreConnections KeyStore(TimeProvider clock) => Shared() ?? StoreConnections.ForFile(Path.Combine(DataFolder, ControlDatabase.FileName), clock);

    private StoreConnections? Shared() => Control.Target.Engine switch
    {
        ControlEngine.PostgreSql => StoreConnections.ForServer(new PostgreSqlDriver(Control)),
        ControlEngine.MySql => StoreConnections.ForServer(new MySqlDriver(Control)),
        _ => null,
    };

    private sealed record Both(StoreConnections First, StoreConnections Second) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await First.DisposeAsync();
            await Second.DisposeAsync();
        }
    }
}
