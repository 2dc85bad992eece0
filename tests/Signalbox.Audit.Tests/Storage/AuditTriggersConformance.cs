using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Audit.Tests.Storage;

/// <summary>The tables of the audit log refuse to be changed, on every engine.</summary>
public abstract class AuditTriggersConformance(SharedDatabases databases)
{
    private protected abstract ControlEngine Engine { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("UPDATE audit_events SET time_ms = 0")]
    [InlineData("UPDATE audit_events SET position = position + 1")]
    [InlineData("DELETE FROM audit_events")]
    [InlineData("UPDATE audit_logs SET size = size - 1")]
    [InlineData("UPDATE audit_logs SET first = 3")]
    [InlineData("UPDATE audit_logs SET tenant = 'other'")]
    [InlineData("DELETE FROM audit_logs")]
    [InlineData("UPDATE audit_tiles SET number = 1")]
    [InlineData("DELETE FROM audit_tiles")]
    [InlineData("UPDATE audit_checkpoints SET note = ''")]
    [InlineData("DELETE FROM audit_checkpoints")]
    [InlineData("TRUNCATE TABLE audit_events")]
    [InlineData("TRUNCATE TABLE audit_logs")]
    [InlineData("TRUNCATE TABLE audit_tiles")]
    [InlineData("TRUNCATE TABLE audit_checkpoints")]
    public async Task RefuseTheStatement(string sql)
    {
        await using var place = await AuditStoreUnderTest.CreateAsync(databases, Engine, Cancellation);
        var store = place.Open();
        await FillAsync(store);

        await Assert.ThrowsAnyAsync<Exception>(() => store.Audit.WriteAsync(session => session.ExecuteAsync(sql), Cancellation));

        var counts = await store.Audit.ReadAsync(
            static session => session.ListAsync<long>(
                "SELECT COUNT(*) FROM audit_events UNION ALL SELECT COUNT(*) FROM audit_logs WHERE size = 2 UNION ALL SELECT COUNT(*) FROM audit_tiles UNION ALL SELECT COUNT(*) FROM audit_checkpoints"),
            Cancellation);
        Assert.Equal([2, 1, 1, 1], counts);
    }

    [Fact]
    public async Task LetGoOfEventsBeforeTheFirstThatIsKept()
    {
        await using var place = await AuditStoreUnderTest.CreateAsync(databases, Engine, Cancellation);
        var store = place.Open();
        await FillAsync(store);

        await store.Audit.WriteAsync(static session => LogRows.MoveFirstAsync(session, 1, 1), Cancellation);
        var deleted = await store.Audit.WriteAsync(static session => EventRows.DeleteAsync(session, 1, 0, 1), Cancellation);

        Assert.Equal(1, deleted);
        await Assert.ThrowsAnyAsync<Exception>(() => store.Audit.WriteAsync(static session => EventRows.DeleteAsync(session, 1, 1, 2), Cancellation));
    }

    [Fact]
    public async Task LetALogGrow()
    {
        await using var place = await AuditStoreUnderTest.CreateAsync(databases, Engine, Cancellation);
        var store = place.Open();
        await FillAsync(store);
        var log = (await store.Audit.ReadAsync(static session => LogRows.FindAsync(session, "acme"), Cancellation))!;

        Assert.True(await store.Audit.WriteAsync(session => LogRows.TryGrowAsync(session, log, log with { Size = 3 }), Cancellation));
        Assert.False(await store.Audit.WriteAsync(session => LogRows.TryGrowAsync(session, log, log with { Size = 4 }), Cancellation));
        Assert.Equal(3, (await store.Audit.ReadAsync(static session => LogRows.FindAsync(session, "acme"), Cancellation))!.Size);
    }

    private static Task FillAsync(OpenedStore store) => store.Audit.WriteAsync(
        static async session =>
        {
            Assert.True(await LogRows.TryAddAsync(session, "acme", new byte[32], "note", timeMs: 1));
            var log = (await LogRows.FindAsync(session, "acme"))!;
            foreach (var sequence in new[] { 0L, 1L })
            {
                await session.ExecuteAsync(
                    "INSERT INTO audit_events (position, time_ms, leaf, body) VALUES (@position, 1, @leaf, @body)",
                    new { position = EventPosition.Of(log.Log, sequence), leaf = new byte[32], body = new byte[] { 1 } });
            }

            await session.ExecuteAsync("INSERT INTO audit_tiles (log, level, number, hashes) VALUES (1, 0, 0, @hashes)", new { hashes = new byte[8192] });
            await CheckpointRows.AddAsync(session, log.Log, new CheckpointRow { Size = 2, TimeMs = 1, Note = "note" });
            Assert.True(await LogRows.TryGrowAsync(session, log, log with { Size = 2 }));
        },
        Cancellation);
}
