using System.Globalization;
using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry;
using Signalbox.Telemetry.Bench;
using Signalbox.Telemetry.Metrics.Storage;

// Measures the metric store alone: append, memory, disk, read. Arguments: series (10000), minutes of 15 s samples (360), sync policy (Commit), data (mixed, decimal or constant).
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var seriesCount = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
var minutes = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 360;
var sync = args.Length > 2 ? Enum.Parse<LogSyncPolicy>(args[2], ignoreCase: true) : LogSyncPolicy.Commit;
var kind = args.Length > 3 ? args[3] : "mixed";
const int BatchSize = 2000;

var folder = Directory.CreateTempSubdirectory("signalbox-bench-").FullName;
var clock = new BenchClock(new DateTimeOffset(2026, 3, 4, 10, 0, 0, TimeSpan.Zero));
var options = new EmbeddedMetricStoreOptions { Folder = folder, LogSync = sync, MaintenanceInterval = Timeout.InfiniteTimeSpan };
try
{
    var store = await OpenAsync();
    var memoryBefore = GC.GetTotalMemory(forceFullCollection: true);
    await FillAsync(store);
    var memory = GC.GetTotalMemory(forceFullCollection: true) - memoryBefore;
    Console.WriteLine($"memory: {memory / 1048576.0:0.0} MB, {memory / (double)seriesCount:0} B/series with {store.Statistics().HeadSamples / seriesCount} samples each");
    await ReadAsync(store, "10 minutes in memory", TimeSpan.FromMinutes(10));
    await ReadAsync(store, "10 minutes in memory", TimeSpan.FromMinutes(10));
    await ReadAsync(store, "everything in memory", TimeSpan.FromDays(1));
    memory = GC.GetTotalMemory(forceFullCollection: true) - memoryBefore;
    Console.WriteLine($"memory with labels built: {memory / (double)seriesCount:0} B/series");
    await store.DisposeAsync();

    var started = clock.GetTimestamp();
    store = await OpenAsync();
    Console.WriteLine($"replay: {store.Recovery.Samples / clock.GetElapsedTime(started).TotalSeconds / 1e6:0.00} M samples/s, {clock.GetElapsedTime(started).TotalSeconds:0.00} s");
    Console.WriteLine($"memory after a restart: {(GC.GetTotalMemory(forceFullCollection: true) - memoryBefore) / (double)seriesCount:0} B/series with {store.Statistics().HeadSamples / seriesCount} samples each");
    var logBytes = store.Statistics().DiskBytes;
    logBytes -= DayBytes();
    Console.WriteLine($"log: {logBytes / (double)store.Recovery.Samples:0.0} B/sample read, those already on disk included");

    clock.Now += TimeSpan.FromHours(3);
    started = clock.GetTimestamp();
    await store.RunOnceAsync(CancellationToken.None);
    Console.WriteLine($"flush: {clock.GetElapsedTime(started).TotalSeconds:0.00} s");
    Console.WriteLine($"disk: {DayBytes() / (double)(seriesCount * minutes * 4L):0.00} B/sample in day files");
    await ReadAsync(store, "everything on disk, first", TimeSpan.FromDays(1));
    await ReadAsync(store, "everything on disk", TimeSpan.FromDays(1));
    await store.DisposeAsync();
}
finally
{
    Directory.Delete(folder, recursive: true);
}

long DayBytes() => Directory.GetFiles(folder, "metrics-*").Sum(static path => new FileInfo(path).Length);

ValueTask<EmbeddedMetricStore> OpenAsync() => EmbeddedMetricStore.OpenAsync(options, clock, new BenchMeters(), null, CancellationToken.None);

async Task FillAsync(EmbeddedMetricStore store)
{
    var workload = new Workload(seriesCount, kind);
    var spent = TimeSpan.Zero;
    var first = TimeSpan.Zero;
    var moved = TimeSpan.Zero;
    for (var tick = 0; tick < minutes * 4; tick++)
    {
        var batches = workload.Tick(clock.NowMilliseconds, BatchSize).ToList();
        var started = clock.GetTimestamp();
        await Task.WhenAll(batches.Select(batch => store.AppendAsync(TenantId.Default, batch, CancellationToken.None).AsTask()));
        spent += clock.GetElapsedTime(started);
        first = tick == 0 ? spent : first;
        batches.ForEach(static batch => batch.Dispose());
        clock.Now += TimeSpan.FromSeconds(15);
        if (tick % 20 == 0)
        {
            started = clock.GetTimestamp();
            await store.RunOnceAsync(CancellationToken.None);
            moved += clock.GetElapsedTime(started);
        }
    }

    Console.WriteLine($"moving to disk meanwhile: {moved.TotalSeconds:0.00} s for {minutes / 60} hours");

    var samples = (long)seriesCount * minutes * 4;
    Console.WriteLine($"append: {(samples - seriesCount) / (spent - first).TotalSeconds / 1e6:0.00} M samples/s in batches of {BatchSize}, {options.LogSync}; the first {seriesCount} with their series in {first.TotalMilliseconds:0} ms");
}

async Task ReadAsync(EmbeddedMetricStore store, string what, TimeSpan window)
{
    var to = clock.NowMilliseconds;
    var range = new TimeWindow(to - (long)window.TotalMilliseconds, to);
    var started = clock.GetTimestamp();
    var series = await store.Reader(TenantId.Default).SelectAsync(range, [new LabelMatcher("job", MatchKind.Equal, "bench")], CancellationToken.None);
    var selected = clock.GetElapsedTime(started);
    using var buffer = new SampleBuffer();
    var samples = 0L;
    foreach (var one in series)
    {
        buffer.Clear();
        one.Read(range, buffer, CancellationToken.None);
        samples += buffer.Count;
    }

    var elapsed = clock.GetElapsedTime(started);
    Console.WriteLine($"read {what}: {series.Count} series, {samples} samples in {elapsed.TotalMilliseconds:0.0} ms ({selected.TotalMilliseconds:0.0} ms to select), {samples / (elapsed - selected).TotalSeconds / 1e6:0.0} M samples/s");
}
