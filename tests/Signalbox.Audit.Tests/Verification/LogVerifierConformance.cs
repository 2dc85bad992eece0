using System.Text;
using Signalbox.Audit.Tests.Storage;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Audit.Verification;
using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Audit.Tests.Verification;

/// <summary>What a verification finds in a database that somebody changed behind the server's back.</summary>
public abstract class LogVerifierConformance(SharedDatabases databases)
{
    private protected abstract ControlEngine Engine { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(700)]
    public async Task FindsARightLogRight(int size)
    {
        await using var log = await CreateAsync(size);
        var report = await log.VerifyAsync(Cancellation);

        Assert.Empty(report.Faults);
        Assert.True(report.Ok);
        Assert.Equal((size, 0, size, true), ((int)report.Size, (int)report.CompleteFrom, (int)report.Checked, report.KeysOnFirstUse));
    }

    [Theory]
    [InlineData(0, nameof(LogFaultKind.PayloadChanged))]
    [InlineData(300, nameof(LogFaultKind.PayloadChanged))]
    [InlineData(699, nameof(LogFaultKind.RowDiffers))]
    public async Task NamesAnEventOfWhichABitWasFlipped(int sequence, string kind)
    {
        await using var log = await CreateAsync(700);
        await TamperAsync(log, $"UPDATE audit_events SET body = @body WHERE position = {At(sequence)}", new { body = Flip(SeededLog.BodyOf(sequence), 40) });

        await NamesAsync(log, sequence, kind);
    }

    [Fact]
    public async Task NamesWhateverBitOfWhateverRowWasFlipped()
    {
        await using var log = await CreateAsync(600);
        var random = new Random(11);
        for (var round = 0; round < 25; round++)
        {
            var sequence = random.Next(600);
            var right = SeededLog.BodyOf(sequence);
            byte[] flipped = [.. right];
            flipped[random.Next(right.Length)] ^= (byte)(1 << random.Next(8));
            await TamperAsync(log, $"UPDATE audit_events SET body = @flipped WHERE position = {At(sequence)}", new { flipped });
            Assert.Equal(sequence, (await log.VerifyAsync(Cancellation)).FirstBad);
            await TamperAsync(log, $"UPDATE audit_events SET body = @right WHERE position = {At(sequence)}", new { right });
        }

        Assert.True((await log.VerifyAsync(Cancellation)).Ok);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    [InlineData(500)]
    [InlineData(699)]
    public async Task NamesAnEventThatWasDeleted(int sequence)
    {
        await using var log = await CreateAsync(700);
        await TamperAsync(log, $"DELETE FROM audit_events WHERE position = {At(sequence)}");

        await NamesAsync(log, sequence, nameof(LogFaultKind.RowMissing));
    }

    [Fact]
    public async Task NamesEventsThatChangedPlaces()
    {
        await using var log = await CreateAsync(700);
        await TamperAsync(log, $"UPDATE audit_events SET position = -1 WHERE position = {At(260)}");
        await TamperAsync(log, $"UPDATE audit_events SET position = {At(260)} WHERE position = {At(410)}");
        await TamperAsync(log, $"UPDATE audit_events SET position = {At(410)} WHERE position = -1");

        await NamesAsync(log, 260, nameof(LogFaultKind.RowMoved));
    }

    [Fact]
    public async Task NamesAnEventThatWasPutInBetween()
    {
        await using var log = await CreateAsync(700);
        for (var sequence = 699; sequence >= 300; sequence--)
        {
            await TamperAsync(log, $"UPDATE audit_events SET position = {At(sequence + 1)} WHERE position = {At(sequence)}");
        }

        await TamperAsync(log, $"INSERT INTO audit_events (position, time_ms, leaf, body) VALUES ({At(300)}, 0, @leaf, @body)", new { leaf = new byte[32], body = "{}"u8.ToArray() });

        await NamesAsync(log, 300, nameof(LogFaultKind.RowExtra));
    }

    [Fact]
    public async Task NamesAnEventThatWasPutBehindTheEnd()
    {
        await using var log = await CreateAsync(700);
        await TamperAsync(log, $"INSERT INTO audit_events (position, time_ms, leaf, body) VALUES ({At(701)}, 0, @leaf, @body)", new { leaf = new byte[32], body = "{}"u8.ToArray() });

        await NamesAsync(log, 701, nameof(LogFaultKind.RowExtra));
    }

    [Theory]
    [InlineData("UPDATE audit_events SET time_ms = time_ms + 1 WHERE position = {0}", 333)]
    [InlineData("UPDATE audit_events SET leaf = @hash WHERE position = {0}", 333)]
    [InlineData("UPDATE audit_events SET leaf = @hash WHERE position = {0}", 650)]
    public async Task NamesAnEventBesideWhichSomethingElseIsKept(string sql, int sequence)
    {
        await using var log = await CreateAsync(700);
        await TamperAsync(log, string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, At(sequence)), new { hash = new byte[32] });

        await NamesAsync(log, sequence, nameof(LogFaultKind.RowDiffers));
    }

    [Fact]
    public async Task NamesATileThatWasChanged()
    {
        await using var log = await CreateAsync(700);
        var tile = await log.Opened.Audit.ReadAsync(static session => session.ValueAsync<byte[]>("SELECT hashes FROM audit_tiles WHERE log = 1 AND level = 0 AND number = 1"), Cancellation);
        await TamperAsync(log, "UPDATE audit_tiles SET hashes = @hashes WHERE log = 1 AND level = 0 AND number = 1", new { hashes = Flip(tile, 100 * 32) });

        await NamesAsync(log, 356, nameof(LogFaultKind.TileDiffers));
    }

    [Fact]
    public async Task NamesATileThatWasDeleted()
    {
        await using var log = await CreateAsync(700);
        await TamperAsync(log, "DELETE FROM audit_tiles WHERE log = 1 AND level = 0 AND number = 1");

        await NamesAsync(log, 256, nameof(LogFaultKind.TileMissing));
    }

    [Fact]
    public async Task NamesWhereALogWasRewrittenWhole()
    {
        await using var log = await CreateAsync(300);
        await log.GrowAsync(0, keepCheckpoint: true, Cancellation);
        await log.GrowAsync(200, keepCheckpoint: true, Cancellation);
        await using var other = await CreateAsync(400);
        await other.GrowAsync(300, keepCheckpoint: false, static sequence => [.. Encoding.UTF8.GetBytes("{\"forged\":1,"), .. SeededLog.BodyOf(sequence).AsSpan(1)], Cancellation);
        var row = (await other.Opened.Audit.ReadAsync(static session => LogRows.FindAsync(session, SeededLog.Tenant), Cancellation))!;
        foreach (var forged in await other.Opened.Audit.ReadAsync(static session => EventRows.ReadAsync(session, 1, 400, 300), Cancellation))
        {
            await TamperAsync(log, $"DELETE FROM audit_events WHERE position = {At(forged.Sequence)}");
            await TamperAsync(log, $"INSERT INTO audit_events (position, time_ms, leaf, body) VALUES ({At(forged.Sequence)}, {forged.TimeMs}, @Leaf, @Body)", new { forged.Leaf, forged.Body });
        }

        var tile = await other.Opened.Audit.ReadAsync(static session => session.ValueAsync<byte[]>("SELECT hashes FROM audit_tiles WHERE log = 1 AND level = 0 AND number = 1"), Cancellation);
        await TamperAsync(log, "DELETE FROM audit_tiles WHERE log = 1 AND level = 0 AND number = 1");
        await TamperAsync(log, "INSERT INTO audit_tiles (log, level, number, hashes) VALUES (1, 0, 1, @tile)", new { tile });
        await TamperAsync(log, "UPDATE audit_logs SET size = 700, root = @Root, checkpoint = @checkpoint WHERE log = 1", new { row.Root, checkpoint = (await log.Keys.SignerAsync(Cancellation)).Sign(SeededLog.Tenant, 700, row.Root) });

        // The key lay beside the log, so the newest checkpoint is signed; the older ones still tell.
        var report = await log.VerifyAsync(Cancellation);
        Assert.Equal((300L, LogFaultKind.RootDiffers), (report.FirstBad!.Value, report.Faults[0].Kind));
    }

    [Fact]
    public async Task RefusesACheckpointThatNoTrustedKeySigned()
    {
        await using var log = await CreateAsync(10);
        await using var other = await CreateAsync(10);
        var (_, state) = await other.VerifyAsync(null, Cancellation);
        var (report, _) = await log.VerifyAsync(state! with { Origin = (await log.VerifyAsync(Cancellation)).Origin }, Cancellation);

        Assert.Contains(report.Faults, static fault => fault.Kind == LogFaultKind.KeyUnknown);
    }

    [Fact]
    public async Task GoesOnFromWhereItWasLeft()
    {
        await using var log = await CreateAsync(300);
        var (_, first) = await log.VerifyAsync(null, Cancellation);
        await log.GrowAsync(1, keepCheckpoint: true, Cancellation);
        await log.GrowAsync(600, keepCheckpoint: true, Cancellation);
        var (report, second) = await log.VerifyAsync(first, Cancellation);

        Assert.Empty(report.Faults);
        Assert.Equal((300L, 901 - 256, 2), (report.Since!.Value, (int)report.Checked, report.PastCheckpoints));
        var (again, _) = await log.VerifyAsync(second, Cancellation);
        Assert.Equal((true, 901 - 768), (again.Ok, (int)again.Checked));
    }

    [Fact]
    public async Task FindsThatALogIsShorterThanItWas()
    {
        await using var log = await CreateAsync(300);
        await using var shorter = await CreateAsync(290);
        var (report, state) = await log.VerifyAsync(null, Cancellation);
        var (late, none) = await shorter.VerifyAsync(state, Cancellation);

        Assert.True(report.Ok);
        Assert.Null(none);
        Assert.Contains(late.Faults, static fault => fault is { Kind: LogFaultKind.LogShorter, Sequence: 290 });
    }

    [Fact]
    public async Task SaysFromWhereAPrunedLogIsComplete()
    {
        await using var log = await CreateAsync(1000);
        await log.PruneAsync(512, Cancellation);
        var (report, state) = await log.VerifyAsync(null, Cancellation);

        Assert.Empty(report.Faults);
        Assert.Equal((512L, 489L), (report.CompleteFrom, report.Checked));
        await log.GrowAsync(600, keepCheckpoint: false, Cancellation);
        Assert.True((await log.VerifyAsync(state, Cancellation)).Report.Ok);
        await log.PruneAsync(1280, Cancellation);
        Assert.True((await log.VerifyAsync(state, Cancellation)).Report.Ok);
        Assert.True((await log.VerifyAsync(Cancellation)).Ok);
    }

    [Fact]
    public async Task FindsPayloadsThatWereDeletedWithoutARecordOfIt()
    {
        await using var log = await CreateAsync(1000);
        await log.PruneAsync(256, Cancellation);
        var (_, state) = await log.VerifyAsync(null, Cancellation);
        await log.DeleteAsync(768, Cancellation);

        foreach (var report in new[] { await log.VerifyAsync(Cancellation), (await log.VerifyAsync(state, Cancellation)).Report })
        {
            var fault = Assert.Single(report.Faults);
            Assert.Equal((256L, LogFaultKind.RowMissing), (fault.Sequence, fault.Kind));
        }
    }

    [Fact]
    public async Task FindsATileOfPrunedEventsThatWasChanged()
    {
        await using var log = await CreateAsync(1000);
        await log.PruneAsync(512, Cancellation);
        await TamperAsync(log, "UPDATE audit_tiles SET hashes = @hashes WHERE log = 1 AND level = 0 AND number = 1", new { hashes = new byte[8192] });

        Assert.False((await log.VerifyAsync(Cancellation)).Ok);
    }

    private protected async Task<SeededLog> CreateAsync(long size) =>
        await SeededLog.CreateAsync(await AuditStoreUnderTest.CreateAsync(databases, Engine, Cancellation), size, Cancellation);

    /// <summary>Runs a statement as whoever owns the database would, past the triggers.</summary>
    private protected abstract Task TamperAsync(string sql, object? parameters, System.Data.Common.DbConnection connection);

    private protected Task TamperAsync(SeededLog log, string sql, object? parameters = null) =>
        log.Opened.Audit.WriteAsync(session => TamperAsync(sql, parameters, session.Connection), Cancellation);

    private protected static long At(long sequence) => EventPosition.Of(1, sequence);

    private static async Task NamesAsync(SeededLog log, long sequence, string kind)
    {
        var report = await log.VerifyAsync(Cancellation);
        Assert.False(report.Ok);
        Assert.Equal(sequence, report.FirstBad);
        Assert.Contains(report.Faults, fault => fault.Sequence == sequence && fault.Kind.ToString() == kind);
    }

    private static byte[] Flip(byte[] bytes, int at)
    {
        byte[] flipped = [.. bytes];
        flipped[at] ^= 4;
        return flipped;
    }
}
