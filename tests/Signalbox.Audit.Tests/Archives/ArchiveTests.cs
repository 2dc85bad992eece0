using System.IO.Compression;
using Signalbox.Audit.Tests.Storage;
using Signalbox.Audit.Tests.Verification;
using Signalbox.Server.Audit.Archives;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Verification;
using Signalbox.Server.Platform;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Audit.Tests.Archives;

public sealed class ArchiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(700)]
    public async Task AnArchiveProvesItselfWithoutAServer(int size)
    {
        await using var log = await CreateAsync(size);
        var report = await VerifyAsync(await ExportAsync(log));

        Assert.Empty(report.Faults);
        Assert.Equal((size, 0, size), ((int)report.Size, (int)report.CompleteFrom, (int)report.Checked));
    }

    [Fact]
    public async Task AnArchiveOfAPrunedLogSaysFromWhereItIsComplete()
    {
        await using var log = await CreateAsync(1000);
        await log.PruneAsync(512, Cancellation);
        var report = await VerifyAsync(await ExportAsync(log));

        Assert.Empty(report.Faults);
        Assert.Equal((512L, 489L), (report.CompleteFrom, report.Checked));
    }

    [Fact]
    public async Task AnArchiveOfASpanOfTimeHoldsItsTiles()
    {
        await using var log = await CreateAsync(1500);
        var start = DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_000);
        var report = await VerifyAsync(await ExportAsync(log, start + TimeSpan.FromMilliseconds(7 * 300), start + TimeSpan.FromMilliseconds(7 * 600)));

        Assert.Empty(report.Faults);
        Assert.Equal((1500L, 256L, 512L), (report.Size, report.CompleteFrom, report.Checked));
    }

    [Fact]
    public async Task ASpanOfTimeHoldsItsEventsWhereverTheyStand()
    {
        await using var log = await CreateAsync(400);

        // As one that came by way of the outbox, after later ones.
        await log.GrowAsync(1, keepCheckpoint: false, static _ => SeededLog.BodyOf(10), Cancellation);
        await log.GrowAsync(100, keepCheckpoint: false, Cancellation);
        var start = DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_000);
        var (from, to) = (start + TimeSpan.FromMilliseconds(7 * 8), start + TimeSpan.FromMilliseconds(7 * 12));
        using var lines = new MemoryStream();
        await Export(log).WriteLinesAsync((await Export(log).PlanAsync(SeededLog.Tenant, from, to, Cancellation))!, static stored => stored.Body, lines, Cancellation);
        var report = await VerifyAsync(await ExportAsync(log, from, to));

        Assert.Equal(5, lines.ToArray().AsSpan().Count((byte)'\n'));
        Assert.Equal((0L, 501L), (report.CompleteFrom, report.Checked));
    }

    [Fact]
    public async Task NamesTheEventThatWasChangedInAnArchiveThatWasPackedAgain()
    {
        await using var log = await CreateAsync(700);
        var file = await ExportAsync(log);
        var tar = Unpack(file);
        var at = tar.AsSpan().IndexOf("the 300th"u8);
        tar[at + 4] = (byte)'4';
        var report = await VerifyAsync(Pack(tar));

        Assert.Equal((300L, LogFaultKind.PayloadChanged), (report.FirstBad!.Value, report.Faults[0].Kind));
    }

    [Fact]
    public async Task AnArchiveOfWhichAnyByteWasFlippedFails()
    {
        await using var log = await CreateAsync(300);
        var bytes = await File.ReadAllBytesAsync(await ExportAsync(log), Cancellation);
        var random = new Random(4);
        var file = _folder.File("flipped.tar.gz");
        foreach (var at in Enumerable.Range(0, 16).Concat(Enumerable.Range(bytes.Length - 9, 9)).Concat(Enumerable.Range(0, 150).Select(_ => random.Next(bytes.Length))))
        {
            byte[] flipped = [.. bytes];
            flipped[at] ^= 0xff;
            await File.WriteAllBytesAsync(file, flipped, Cancellation);
            Assert.False(await IsRightAsync(file), $"Byte {at} of {bytes.Length} was flipped, and nobody noticed.");
        }
    }

    [Fact]
    public async Task AnArchiveThatWasCutOffFails()
    {
        await using var log = await CreateAsync(300);
        var bytes = await File.ReadAllBytesAsync(await ExportAsync(log), Cancellation);
        var file = _folder.File("short.tar.gz");
        foreach (var length in new[] { 0, 5, 10, 100, bytes.Length / 2, bytes.Length - 20, bytes.Length - 1 })
        {
            await File.WriteAllBytesAsync(file, bytes[..length], Cancellation);
            Assert.False(await IsRightAsync(file), $"{length} bytes of {bytes.Length} were enough.");
        }
    }

    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(1, 1234067, 256, "tile/1/x001/x234/067")]
    [InlineData(0, 999, 3, "tile/0/999.p/3")]
    [InlineData(2, 1000, 255, "tile/2/x001/000.p/255")]
    public void NamesTilesAsTheSpecificationDoes(int level, long number, int width, string name)
    {
        Assert.Equal(name, ArchivePaths.Tile(level, number, width));
        Assert.True(ArchivePaths.TryReadTile(name, out var readLevel, out var readNumber, out var readWidth));
        Assert.Equal((level, number, width), (readLevel, readNumber, readWidth));
    }

    [Theory]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/0/001/000")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/03")]
    [InlineData("tile/entries/000")]
    [InlineData("tile//000")]
    public void RefusesOtherNamesOfTiles(string name) => Assert.False(ArchivePaths.TryReadTile(name, out _, out _, out _));

    public void Dispose() => _folder.Dispose();

    private static async Task<SeededLog> CreateAsync(long size) => await SeededLog.CreateAsync(AuditStoreUnderTest.For("sqlite"), size, Cancellation);

    private static LogExport Export(SeededLog log) =>
        new(log.Opened.Audit, (tenant, cancellationToken) => log.Opened.Control.ReadAsync(session => KnownKey.ListAsync(session, null, tenant), cancellationToken));

    private async Task<string> ExportAsync(SeededLog log, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var export = Export(log);
        var plan = await export.PlanAsync(SeededLog.Tenant, from, to, Cancellation);
        var file = _folder.File("log.tar.gz");
        await using var output = File.Create(file);
        await export.WriteArchiveAsync(plan!, output, Cancellation);
        return file;
    }

    private static async Task<VerificationReport> VerifyAsync(string file)
    {
        await using var source = ArchiveSource.Open(file);
        return (await new LogVerifier(source, []).RunAsync(null, progress: null, Cancellation)).Report;
    }

    private static async Task<bool> IsRightAsync(string file)
    {
        try
        {
            return (await VerifyAsync(file)).Ok;
        }
        catch (StartupException)
        {
            return false;
        }
    }

    private static byte[] Unpack(string file)
    {
        using var gzip = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var tar = new MemoryStream();
        gzip.CopyTo(tar);
        return tar.ToArray();
    }

    private string Pack(byte[] tar)
    {
        var file = _folder.File("packed.tar.gz");
        using var output = File.Create(file);
        using var gzip = new GZipStream(new ArchiveGzip(output), CompressionLevel.Fastest);
        gzip.Write(tar);
        return file;
    }
}
