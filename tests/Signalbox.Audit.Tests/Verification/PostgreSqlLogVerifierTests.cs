using System.Data.Common;
using Dapper;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Audit.Tests.Verification;

public sealed class PostgreSqlLogVerifierTests(SharedDatabases databases) : LogVerifierConformance(databases)
{
    private protected override ControlEngine Engine => ControlEngine.PostgreSql;

    private protected override async Task TamperAsync(string sql, object? parameters, DbConnection connection)
    {
        await connection.ExecuteAsync("ALTER TABLE audit_events DISABLE TRIGGER USER; ALTER TABLE audit_tiles DISABLE TRIGGER USER; ALTER TABLE audit_logs DISABLE TRIGGER USER");
        await connection.ExecuteAsync(sql, parameters);
    }
}
