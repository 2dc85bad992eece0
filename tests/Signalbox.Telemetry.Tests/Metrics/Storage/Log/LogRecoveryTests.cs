using Signalbox.PromQL.Model;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Storage.Log;

/// <summary>What a restart makes of a log that ends early or is damaged.</summary>
public sealed class LogRecoveryTests : IAsyncLifetime
{
    private readonly StoreFolder _folder = new();

    public async ValueTask InitializeAsync() => await _folder.OpenAsync();

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    [Fact]
    public async Task FindsExactlyTheAcknowledgedPrefixWhereverTheLogEnds()
    {
        var ends = new List<long> { 16 };
        for (var step = 0; step < 4; step++)
        {
            await _folder.AppendAsync(Labels.From(("__name__", "up"), ("job", $"{step % 3}")), (_folder.Now + step, step));
            ends.Add(new FileInfo(_folder.LogFiles[^1]).Length);
        }

        await _folder.Store.DisposeAsync();
        var log = File.ReadAllBytes(Assert.Single(_folder.LogFiles));
        for (var length = 0; length <= log.Length; length++)
        {
            Directory.Delete(Path.Combine(_folder.Path, "log"), recursive: true);
            Directory.CreateDirectory(Path.Combine(_folder.Path, "log"));
            File.WriteAllBytes(Path.Combine(_folder.Path, "log", "0000000001.log"), log[..length]);
            await _folder.OpenAsync();

            var whole = Math.Max(0, ends.FindLastIndex(end => end <= length));
            Assert.Equal(whole, _folder.Store.Recovery.Samples);
            Assert.Empty(_folder.Store.Recovery.Damage);
            var found = new List<(long, double)>();
            foreach (var series in await _folder.Store.SelectAsync(StoreFolder.Tenant, Samples.AnyName))
            {
                found.AddRange(series.ToList(Samples.AllTime));
            }

            Assert.Equal(Enumerable.Range(0, whole).Select(step => (_folder.Now + step, (double)step)), found.Order());

            // What follows a cut tail must be found again too.
            await _folder.AppendAsync(Labels.From(("__name__", "after")), (_folder.Now, 1));
            await _folder.ReopenAsync();
            Assert.Equal(whole + 1, _folder.Store.Recovery.Samples);
            Assert.Empty(_folder.Store.Recovery.Damage);
            await _folder.Store.DisposeAsync();
        }
    }

    [Fact]
    public async Task ReportsDamageInTheMiddleAndKeepsWhatIsWhole()
    {
        for (var step = 0; step < 20; step++)
        {
            await _folder.AppendAsync(Labels.From(("__name__", "up")), (_folder.Now + step, step));
        }

        await _folder.Store.DisposeAsync();
        var path = Assert.Single(_folder.LogFiles);
        var log = File.ReadAllBytes(path);
        log[log.Length / 2] ^= 1;
        File.WriteAllBytes(path, log);
        await _folder.OpenAsync();

        Assert.Contains(path, Assert.Single(_folder.Store.Recovery.Damage), StringComparison.Ordinal);
        Assert.Equal(19, (await _folder.ReadAsync(Labels.From(("__name__", "up")))).Count);
        Assert.Equal(log, File.ReadAllBytes(Assert.Single(Directory.GetFiles(Path.Combine(_folder.Path, "quarantine")))));
    }

    [Fact]
    public async Task ReportsTheEndOfAnEarlierSegmentAsDamage()
    {
        await _folder.AppendAsync(Labels.From(("__name__", "up")), (_folder.Now, 1));
        await _folder.AppendAsync(Labels.From(("__name__", "up")), (_folder.Now + 1, 2));
        await _folder.ReopenAsync();
        await _folder.AppendAsync(Labels.From(("__name__", "up")), (_folder.Now + 2, 3));
        await _folder.Store.DisposeAsync();
        var log = File.ReadAllBytes(_folder.LogFiles[0]);
        File.WriteAllBytes(_folder.LogFiles[0], log[..^1]);
        await _folder.OpenAsync();

        Assert.Single(_folder.Store.Recovery.Damage);
        Assert.Equal([1d, 3d], (await _folder.ReadAsync(Labels.From(("__name__", "up")))).Select(static sample => sample.Value));
    }

    [Fact]
    public async Task KeepsOneCopyOfADamagedSegmentHoweverOftenItIsRead()
    {
        await _folder.AppendAsync(Labels.From(("__name__", "up")), (_folder.Now, 1));
        await _folder.ReopenAsync();
        await _folder.AppendAsync(Labels.From(("__name__", "up")), (_folder.Now + 1, 2));
        await _folder.Store.DisposeAsync();
        var log = File.ReadAllBytes(_folder.LogFiles[0]);
        File.WriteAllBytes(_folder.LogFiles[0], log[..^1]);
        for (var start = 0; start < 3; start++)
        {
            await _folder.OpenAsync();
            Assert.Contains(_folder.LogFiles[0], Assert.Single(_folder.Store.Recovery.Damage), StringComparison.Ordinal);
            await _folder.Store.DisposeAsync();
            _folder.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        var copy = Assert.Single(Directory.GetFiles(Path.Combine(_folder.Path, "quarantine")));
        Assert.Equal(log[..^1], File.ReadAllBytes(copy));
        await _folder.OpenAsync();
        Assert.Contains(copy, Assert.Single(_folder.Store.Recovery.Damage), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadsALargeLogThatHoldsARecordItDoesNotKnow()
    {
        var up = Labels.From(("__name__", "up"));
        var samples = Enumerable.Range(0, 3000).Select(step => (_folder.Now + (step * 100L), (double)step)).ToArray();
        foreach (var part in samples.Chunk(250))
        {
            await _folder.AppendAsync(up, part);
        }

        await _folder.Store.DisposeAsync();
        var unknown = new byte[20];
        BitConverter.TryWriteBytes(unknown, Telemetry.Metrics.Storage.Log.LogFormat.RecordMagic);
        BitConverter.TryWriteBytes(unknown.AsSpan(4), 8);
        unknown[12] = 99;
        BitConverter.TryWriteBytes(unknown.AsSpan(8), Telemetry.Metrics.Storage.Chunks.Crc32C.Of(unknown.AsSpan(12)));
        File.AppendAllBytes(Assert.Single(_folder.LogFiles), unknown);
        _folder.Options = _folder.Options with { MaxHeadSamples = 1000, OutOfOrderWindow = TimeSpan.FromSeconds(10) };
        await _folder.OpenAsync();

        Assert.Contains("unknown kind", Assert.Single(_folder.Store.Recovery.Damage), StringComparison.Ordinal);
        Assert.Equal(samples, await _folder.ReadAsync(up));
    }

    [Fact]
    public async Task CountsSamplesWhoseSeriesIntroductionIsLost()
    {
        await _folder.AppendAsync(Labels.From(("__name__", "up")), (_folder.Now, 1));
        await _folder.AppendAsync(Labels.From(("__name__", "up")), (_folder.Now + 1, 2));
        await _folder.Store.DisposeAsync();
        var path = Assert.Single(_folder.LogFiles);
        var log = File.ReadAllBytes(path);
        log[16 + 12 + 3] ^= 1;
        File.WriteAllBytes(path, log);
        await _folder.OpenAsync();

        Assert.Contains(_folder.Store.Recovery.Damage, static sentence => sentence.Contains("1 samples", StringComparison.Ordinal));
        Assert.Empty(await _folder.ReadAsync(Labels.From(("__name__", "up"))));
    }

    [Fact]
    public async Task OpensOverRandomBytes()
    {
        await _folder.Store.DisposeAsync();
        var random = new Random(20260304);
        for (var round = 0; round < 60; round++)
        {
            var bytes = new byte[random.Next(0, 3000)];
            random.NextBytes(bytes);
            if (round % 2 == 0 && bytes.Length > 200)
            {
                FrameAsRecords(bytes, random);
            }

            Directory.Delete(Path.Combine(_folder.Path, "log"), recursive: true);
            Directory.CreateDirectory(Path.Combine(_folder.Path, "log"));
            File.WriteAllBytes(Path.Combine(_folder.Path, "log", "0000000001.log"), bytes);
            await _folder.OpenAsync();
            Assert.Equal(1, (await _folder.AppendAsync(Labels.From(("__name__", "after")), (_folder.Now, 1))).Accepted);
            await _folder.Store.DisposeAsync();
        }
    }

    // A true header and checksum, so that the fuzz reaches the payload's parser.
    private static void FrameAsRecords(byte[] bytes, Random random)
    {
        BitConverter.TryWriteBytes(bytes, Telemetry.Metrics.Storage.Log.LogFormat.SegmentMagic);
        BitConverter.TryWriteBytes(bytes.AsSpan(8), 1L);
        for (var at = 16; at + 60 < bytes.Length; at += 60)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(at), Telemetry.Metrics.Storage.Log.LogFormat.RecordMagic);
            BitConverter.TryWriteBytes(bytes.AsSpan(at + 4), 48);
            bytes[at + 12] = (byte)random.Next(0, 6);
            BitConverter.TryWriteBytes(bytes.AsSpan(at + 8), Telemetry.Metrics.Storage.Chunks.Crc32C.Of(bytes.AsSpan(at + 12, 48)));
        }
    }
}
