using Signalbox.Audit.Tests.Storage;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Redaction;
using Signalbox.Testing.Files;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Audit.Tests.Redaction;

public sealed class RedactionKeyTests(SharedDatabases databases)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(ControlEngine.Sqlite))]
    [InlineData(nameof(ControlEngine.PostgreSql))]
    [InlineData(nameof(ControlEngine.MySql))]
    public async Task AllInstancesTakeTheOneKeyThatWasMadeFirst(string engine)
    {
        await using var store = await AuditStoreUnderTest.CreateAsync(databases, Enum.Parse<ControlEngine>(engine), Cancel);
        await using var database = Open(store);

        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RedactionKey.ReadAsync(database, TimeProvider.System, Cancel)));

        Assert.Equal(RedactionKey.Length, keys[0].Length);
        Assert.Single(keys.Select(Convert.ToHexString).Distinct(StringComparer.Ordinal));
        Assert.Equal(keys[0], await RedactionKey.ReadAsync(database, TimeProvider.System, Cancel));
    }

    [Fact]
    public async Task AnAlteredKeyStopsTheStart()
    {
        await using var store = AuditStoreUnderTest.For("sqlite");
        await using var database = Open(store);
        await database.WriteAsync(static session => session.ExecuteAsync("INSERT INTO redaction_key (id, secret, created_at_ms) VALUES (1, x'0102', 0)"), Cancel);

        var exception = await Assert.ThrowsAsync<StartupException>(() => RedactionKey.ReadAsync(database, TimeProvider.System, Cancel));

        Assert.Contains("2 bytes instead of 32", exception.Message, StringComparison.Ordinal);
    }

    private static ControlDatabase Open(AuditStoreUnderTest store) =>
        ControlDatabase.Open(store.Data, [new RedactionMigrations()], store.Options, (ControlMetrics)store.Services.GetService(typeof(ControlMetrics))!, TimeProvider.System);
}
