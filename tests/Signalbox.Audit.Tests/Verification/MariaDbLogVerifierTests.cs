using System.Data.Common;
using Dapper;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Audit.Tests.Verification;

public sealed class MariaDbLogVerifierTests(SharedDatabases databases) : LogVerifierConformance(databases)
{
    private protected override ControlEngine Engine => ControlEngine.MySql;

    private protected override async Task TamperAsync(string sql, object? parameters, DbConnection connection)
    {
        foreach (var trigger in await connection.QueryAsync<string>("SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = database()"))
        {
            await connection.ExecuteAsync($"DROP TRIGGER {trigger}");
        }

        await connection.ExecuteAsync(sql, parameters);
    }
}
