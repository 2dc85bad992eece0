using System.Globalization;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry;
using Signalbox.Telemetry.CrashWriter;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Storage;

// Writes to a store until it is killed. Each line it prints says what was acknowledged: the writer's number and its last step.
// Arguments: folder, first step, time of step 0 in milliseconds since the Unix epoch.
const int Writers = 4;
const int Series = 25;
const long StepMilliseconds = 60_000;

var folder = args[0];
var firstStep = long.Parse(args[1], CultureInfo.InvariantCulture);
var origin = long.Parse(args[2], CultureInfo.InvariantCulture);
var clock = new FastClock(DateTimeOffset.FromUnixTimeMilliseconds(origin + (firstStep * StepMilliseconds)));
var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
var options = new EmbeddedMetricStoreOptions
{
    Folder = folder,
    LogSync = LogSyncPolicy.Never,
    LogSegmentBytes = 64 << 10,
    HeadWindow = TimeSpan.FromMinutes(10),
    MaintenanceInterval = Timeout.InfiniteTimeSpan,
};
await using var store = await EmbeddedMetricStore.OpenAsync(options, clock, new OwnMeters(), null, CancellationToken.None);
if (store.Recovery.Damage.Count > 0)
{
    await output.WriteLineAsync("damage " + string.Join(' ', store.Recovery.Damage));
}

await output.WriteLineAsync("ready");
await Task.WhenAll([.. Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer))), Task.Run(FlushAsync)]);

async Task WriteAsync(int writer)
{
    using var batch = new MetricBatch();
    for (var step = firstStep; ; step++)
    {
        batch.Clear();
        var time = origin + (step * StepMilliseconds);
        for (var series = 0; series < Series; series++)
        {
            var labels = Labels.From(("__name__", "crash"), ("writer", $"{writer}"), ("series", $"{series}"));
            batch.AddSeries(SeriesKey.FromLabels(labels), labels.Count);
            batch.AddSample(time, step);
        }

        var outcome = await store.AppendAsync(TenantId.Default, batch, CancellationToken.None);
        await output.WriteLineAsync(outcome.Accepted == Series
            ? string.Create(CultureInfo.InvariantCulture, $"ack {writer} {step} .")
            : "refused " + string.Join(' ', outcome.Rejections.Select(static rejection => rejection.Example)));
        if (writer == 0)
        {
            clock.Advance(StepMilliseconds);
        }

        // The writers keep step, or the slow would be refused as too old.
        while (origin + ((step + 1) * StepMilliseconds) > clock.Milliseconds + StepMilliseconds)
        {
            await Task.Yield();
        }
    }
}

async Task FlushAsync()
{
    using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1), TimeProvider.System);
    while (await timer.WaitForNextTickAsync(CancellationToken.None))
    {
        await store.RunOnceAsync(CancellationToken.None);
    }
}
