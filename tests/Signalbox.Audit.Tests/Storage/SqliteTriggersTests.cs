using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Audit.Tests.Storage;

public sealed class SqliteTriggersTests(SharedDatabases databases) : AuditTriggersConformance(databases)
{
    private protected override ControlEngine Engine => ControlEngine.Sqlite;
}
