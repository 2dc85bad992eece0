using System.Data.Common;
using Dapper;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Audit.Tests.Verification;

public sealed class SqliteLogVerifierTests(SharedDatabases databases) : LogVerifierConformance(databases)
{
    private protected override ControlEngine Engine => ControlEngine.Sqlite;

    private protected override async Task TamperAsync(string sql, object? parameters, DbConnection connection)
    {
        foreach (var trigger in await connection.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        {
            await connection.ExecuteAsync($"DROP TRIGGER {trigger}");
        }

        await connection.ExecuteAsync(sql, parameters);
    }
}
