using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Signalbox.Audit.Tests.Storage;
using Signalbox.Audit.Tests.Verification;
using Signalbox.Server.Audit.Archives;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Verification;
using Signalbox.Server.Platform;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Audit.Tests.Archives;

/// <summary>Archives that were made to harm whoever verifies them.</summary>
public sealed class HostileArchiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"size\": 700", "\"size\": 9223372036854775807")]
    [InlineData("\"size\": 700", "\"size\": 1099511627776")]
    [InlineData("\"size\": 700", "\"size\": 100000")]
    [InlineData("\"size\": 700", "\"size\": -1")]
    [InlineData("\"until\": 700", "\"until\": null")]
    [InlineData("\"tenant\": \"default\"", "\"tenant\": null")]
    [InlineData("\"keys\": [", "\"keys\": [ null,")]
    [InlineData("\"keys\": [", "\"keys\": null, \"other\": [")]
    [InlineData("\"key\": \"", "\"key\": null, \"change\": \"")]
    [InlineData("\"key\": \"", "\"key\": \"nonsense")]
    public async Task AManifestThatCannotBeIsDamaged(string right, string wrong)
    {
        var entries = await ReadAsync();
        var manifest = Encoding.UTF8.GetString(entries[0].Bytes);
        Assert.Contains(right, manifest, StringComparison.Ordinal);
        entries[0] = (entries[0].Name, Encoding.UTF8.GetBytes(manifest.Replace(right, wrong, StringComparison.Ordinal)));

        await IsDamagedAsync(entries);
    }

    [Fact]
    public async Task AManifestWithoutKeysIsDamaged()
    {
        var entries = await ReadAsync();
        var manifest = System.Text.Json.Nodes.JsonNode.Parse(entries[0].Bytes)!;
        manifest["keys"] = null;
        entries[0] = (entries[0].Name, Encoding.UTF8.GetBytes(manifest.ToJsonString()));

        await IsDamagedAsync(entries);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(0, 100)]
    [InlineData(1, 0)]
    [InlineData(9, 0)]
    [InlineData(int.MaxValue, 5)]
    public async Task TilesThatDoNotBelongToTheLogAreDamage(int level, int first)
    {
        var right = await ReadAsync();
        var hashes = new byte[8192];
        var more = Enumerable.Range(first, 20_000).Select(number => (ArchivePaths.Tile(level, number, 256), hashes));
        foreach (var at in new[] { 2, right.FindIndex(static entry => entry.Name.StartsWith(ArchivePaths.Events, StringComparison.Ordinal)), right.Count })
        {
            await IsDamagedAsync([.. right.Take(at), .. more, .. right.Skip(at)]);
        }
    }

    [Fact]
    public async Task ATileOfTheRightEdgeThatIsLeftOutOrRepeatedIsDamage()
    {
        var right = await ReadAsync();
        var edge = right.FindIndex(static entry => entry.Name.Contains(".p/", StringComparison.Ordinal));

        await IsDamagedAsync([.. right.Where((_, at) => at != edge)]);
        await IsDamagedAsync([.. right.Take(edge), right[edge], .. right.Skip(edge)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public async Task AnEntryThatIsFarTooLargeIsDamage(int entry)
    {
        var entries = await ReadAsync();
        entries[entry] = (entries[entry].Name, new byte[80 << 20]);

        await IsDamagedAsync(entries);
    }

    [Fact]
    public async Task TheSameEntriesPackedAgainAreRight()
    {
        await using var source = ArchiveSource.Open(Pack(await ReadAsync()));

        Assert.True((await new LogVerifier(source, []).RunAsync(null, progress: null, Cancellation)).Report.Ok);
    }

    public void Dispose() => _folder.Dispose();

    private async Task IsDamagedAsync(List<(string Name, byte[] Bytes)> entries)
    {
        var file = Pack(entries);
        await using var source = ArchiveSource.Open(file);
        var exception = await Assert.ThrowsAsync<StartupException>(() => new LogVerifier(source, []).RunAsync(null, progress: null, Cancellation));

        Assert.Contains("is damaged: ", exception.Message, StringComparison.Ordinal);
    }

    private async Task<List<(string Name, byte[] Bytes)>> ReadAsync()
    {
        await using var log = await SeededLog.CreateAsync(AuditStoreUnderTest.For("sqlite"), 700, Cancellation);
        var export = new LogExport(log.Opened.Audit, (tenant, cancellationToken) => log.Opened.Control.ReadAsync(session => KnownKey.ListAsync(session, null, tenant), cancellationToken));
        using var archive = new MemoryStream();
        await export.WriteArchiveAsync((await export.PlanAsync(SeededLog.Tenant, null, null, Cancellation))!, archive, Cancellation);
        archive.Position = 0;
        await using var gzip = new GZipStream(archive, CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);
        var entries = new List<(string, byte[])>();
        while (await tar.GetNextEntryAsync(copyData: true, Cancellation) is { } entry)
        {
            using var bytes = new MemoryStream();
            await (entry.DataStream?.CopyToAsync(bytes, Cancellation) ?? Task.CompletedTask);
            entries.Add((entry.Name, bytes.ToArray()));
        }

        return entries;
    }

    private string Pack(List<(string Name, byte[] Bytes)> entries)
    {
        var file = _folder.File("hostile.tar.gz");
        using var output = File.Create(file);
        using var gzip = new GZipStream(new ArchiveGzip(output), CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip, TarEntryFormat.Ustar);
        foreach (var (name, bytes) in entries)
        {
            using var data = new MemoryStream(bytes, writable: false);
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = data });
        }

        return file;
    }
}
