using Microsoft.Data.Sqlite;
using Signalbox.Server.Identity;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Control;

/// <summary>Data folders that are out there were made by released steps, so those steps must go on making the same.</summary>
public sealed class ReleasedSchemaTests
{
    [Fact]
    public void IdentitysFirstStepMakesTheTablesThatItAlwaysMade()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        SqliteConnections.Execute(connection, new IdentityMigrations().Migrations[0].For(SqliteDialect.Instance));
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT group_concat(sql, ';' || char(10) ORDER BY name) FROM sqlite_schema WHERE sql IS NOT NULL";

        Golden.Matches("tests/Signalbox.Server.Tests/Platform/Control/ReleasedSchema.golden.txt", command.ExecuteScalar() + ";\n");
    }
}
