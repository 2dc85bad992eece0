using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Audit.Tests.Search;

public sealed class PostgreSqlSearchTests(SharedDatabases databases) : EventSearchConformance(databases)
{
    private protected override ControlEngine Engine => ControlEngine.PostgreSql;
}
