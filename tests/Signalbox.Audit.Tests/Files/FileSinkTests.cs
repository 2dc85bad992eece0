using System.Diagnostics.Metrics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Server.Audit.Files;
using Signalbox.Server.Audit.Storage;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Files;

public sealed class FileSinkTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeClock _clock = new();
    private TestServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AuditDatabase Database => _server.Services.GetRequiredService<AuditDatabase>();

    private string File => _folder.File("logs/audit.log");

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task WritesEveryRecordOfEveryLogOnceAndInItsOrder()
    {
        await AddAsync("acme", 0, 700);
        await AddAsync("other", 0, 3);
        using var sink = New();
        Assert.True(await sink.RunOnceAsync(Cancel));
        await AddAsync("acme", 700, 5);
        Assert.True(await sink.RunOnceAsync(Cancel));

        AssertWhole("acme", 705);
        AssertWhole("other", 3);
    }

    [Fact]
    public async Task GoesOnWhereItEndedAfterAStop()
    {
        await AddAsync("acme", 0, 10);
        using (var first = New())
        {
            await first.RunOnceAsync(Cancel);
        }

        await AddAsync("acme", 10, 10);
        using var second = New();
        await second.RunOnceAsync(Cancel);

        AssertWhole("acme", 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(400)]
    public async Task CutsOffALineThatACrashLeftUnfinishedAndWritesItAgain(int lost)
    {
        await AddAsync("acme", 0, 10);
        using (var first = New())
        {
            await first.RunOnceAsync(Cancel);
        }

        await using (var stream = System.IO.File.OpenWrite(File))
        {
            stream.SetLength(stream.Length - lost);
        }

        using var second = New();
        await second.RunOnceAsync(Cancel);

        AssertWhole("acme", 10);
    }

    [Fact]
    public async Task LosesNoLineWhilePuttingFilesAside()
    {
        // Bodies of some 20 KB against files of 1 MiB: dozens a file, several files.
        var text = new string('x', 20_000);
        await AddAsync("acme", 0, 200, $",\"data\":{{\"text\":\"{text}\"}}");
        using var sink = New(options => options with { MaxBytes = 1 << 20 });
        await sink.RunOnceAsync(Cancel);

        Assert.True(Directory.GetFiles(Path.GetDirectoryName(File)!, "audit.log.*.gz").Length >= 3);
        Assert.All(Files(), static lines => Assert.True(lines.Sum(static line => line.Length + 1) <= 1 << 20));
        AssertWhole("acme", 200);
    }

    [Fact]
    public async Task PutsAnOldFileAsideAndDeletesItWhenItsTimeIsOver()
    {
        await AddAsync("acme", 0, 2);
        using var sink = New(static options => options with { MaxAge = TimeSpan.FromHours(1), Keep = TimeSpan.FromHours(10) });
        await sink.RunOnceAsync(Cancel);
        _clock.Advance(TimeSpan.FromMinutes(61));
        await sink.RunOnceAsync(Cancel);

        Assert.Empty(await OfAcmeAsync(File));
        var aside = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(File)!, "audit.log.*.gz"));
        Assert.EndsWith("audit.log.2026-03-04T06-07-07.000Z.gz", aside, StringComparison.Ordinal);
        AssertWhole("acme", 2);

        _clock.Advance(TimeSpan.FromHours(10));
        await sink.RunOnceAsync(Cancel);
        Assert.False(System.IO.File.Exists(aside));
    }

    [Fact]
    public async Task DeletesNothingThatItDidNotPutAside()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        string[] others = [File + ".2001-01-01", File + ".old.gz", File + ".bak", Path.Combine(Path.GetDirectoryName(File)!, "audit.logger.2001-01-01T00-00-00.000Z")];
        foreach (var other in others)
        {
            await System.IO.File.WriteAllTextAsync(other, "mine", Cancel);
        }

        using var sink = New(static options => options with { Keep = TimeSpan.FromHours(1) });
        await sink.RunOnceAsync(Cancel);

        Assert.All(others, static other => Assert.Equal("mine", System.IO.File.ReadAllText(other)));
    }

    [Fact]
    public async Task FinishesTheCompressionThatAStopInterrupted()
    {
        await AddAsync("acme", 0, 3);
        using (var first = New(static options => options with { Compress = false, MaxAge = TimeSpan.FromHours(1) }))
        {
            await first.RunOnceAsync(Cancel);
            _clock.Advance(TimeSpan.FromHours(2));
            await first.RunOnceAsync(Cancel);
        }

        var aside = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(File)!, "audit.log.*Z"));
        await System.IO.File.WriteAllTextAsync(aside + ".gz.new", "half", Cancel);
        using var second = New();
        await second.RunOnceAsync(Cancel);

        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(File)!, "*.new"));
        AssertWhole("acme", 3);
    }

    [Fact]
    public async Task GoesOnAfterTheFileCouldNotBeWritten()
    {
        await AddAsync("acme", 0, 3);
        Directory.CreateDirectory(File);
        using var sink = New();
        Assert.False(await sink.RunOnceAsync(Cancel));
        Directory.Delete(File);
        await AddAsync("acme", 3, 2);

        Assert.True(await sink.RunOnceAsync(Cancel));
        AssertWhole("acme", 5);
    }

    [Fact]
    public async Task WritesNoLineTwiceAfterOneCouldNotBeWritten()
    {
        using var sink = New(static options => options with { MaxBytes = 1 });
        await AddAsync("acme", 0, 3);
        Assert.True(await sink.RunOnceAsync(Cancel));

        // Putting the file aside begins with writing down how far it tells, which fails while something else has that name.
        Directory.CreateDirectory(File + ".state.new");
        await AddAsync("acme", 3, 2);
        Assert.False(await sink.RunOnceAsync(Cancel));
        Directory.Delete(File + ".state.new");

        Assert.True(await sink.RunOnceAsync(Cancel));
        AssertWhole("acme", 5);
        Assert.Distinct(Files().SelectMany(static lines => lines));
    }

    [Fact]
    public async Task BeginsANewFileWhenSomebodyElseMovesItAway()
    {
        await AddAsync("acme", 0, 3);
        using var sink = New();
        await sink.RunOnceAsync(Cancel);
        System.IO.File.Move(File, File + ".1");
        await AddAsync("acme", 3, 2);
        await sink.RunOnceAsync(Cancel);

        Assert.Equal([0L, 1L, 2L], await OfAcmeAsync(File + ".1"));
        Assert.Equal([3L, 4L], await OfAcmeAsync(File));
    }

    [Fact]
    public async Task IsForTheServersOwnUserAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await AddAsync("acme", 0, 3);
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, string.Empty, Cancel);
        using var sink = New(static options => options with { MaxAge = TimeSpan.FromMinutes(1) });
        await sink.RunOnceAsync(Cancel);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await sink.RunOnceAsync(Cancel);

        Assert.All(Directory.GetFiles(Path.GetDirectoryName(File)!), static file =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : System.IO.File.GetUnixFileMode(file)));
    }

    private FileSink New(Func<FileSinkOptions, FileSinkOptions>? change = null)
    {
        var options = new FileSinkOptions(File, 100 << 20, TimeSpan.FromDays(1), true, TimeSpan.FromDays(90), TimeSpan.FromSeconds(10));
        options = change?.Invoke(options) ?? options;
        var metrics = new FileMetrics(_server.Services.GetRequiredService<IMeterFactory>());
        return new FileSink(Database, new FileOutput(File, options, _clock), options, metrics, _clock, NullLogger<FileSink>.Instance);
    }

    private Task AddAsync(string tenant, int from, int count, string more = "") =>
        LogSeed.AddAsync(Database, tenant, [.. Enumerable.Range(from, count).Select(number => LogSeed.Body(tenant, number.ToString(CultureInfo.InvariantCulture), more))]);

    /// <summary>All files, oldest first, as lines.</summary>
    private IEnumerable<string[]> Files()
    {
        foreach (var aside in Directory.GetFiles(Path.GetDirectoryName(File)!, "audit.log.*.gz").Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(new GZipStream(System.IO.File.OpenRead(aside), CompressionMode.Decompress));
            yield return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }

        yield return System.IO.File.ReadAllLines(File);
    }

    /// <summary>The sequences of one tenant's lines: the server has records of its own, which come when they come.</summary>
    private static async Task<IEnumerable<long>> OfAcmeAsync(string file) =>
        (await System.IO.File.ReadAllLinesAsync(file, Cancel)).Select(static line => JsonNode.Parse(line)!).Where(static line => (string?)line["tenant"] == "acme").Select(static line => (long)line["sequence"]!);

    private void AssertWhole(string tenant, int count)
    {
        var sequences = Files().SelectMany(static lines => lines).Select(static line => JsonNode.Parse(line)!).Where(line => (string?)line["tenant"] == tenant).Select(static line => (long)line["sequence"]!);
        Assert.Equal(Enumerable.Range(0, count).Select(static number => (long)number), sequences);
    }
}
