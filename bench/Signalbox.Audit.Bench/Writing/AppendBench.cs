using System.Diagnostics;
using System.Globalization;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Sequencing;
using Signalbox.Server.Audit.Storage;

namespace Signalbox.Audit.Bench.Writing;

/// <summary>Durable events a second: from the first that is handed over to the last that is in the log, with tree, index, checkpoint and fsync.</summary>
internal static class AppendBench
{
    private static readonly int[] Batches = [256, 1024, 4096, 8192, 16_384];

    public static async Task RunAsync(BenchReport report, IReadOnlyList<string> stores, int events, CancellationToken cancellationToken)
    {
        foreach (var store in stores)
        {
            foreach (var batch in Batches)
            {
                // Small batches wait for the disk often, and need fewer events to show it.
                await RunAsync(report, store, batch, batch < 1024 ? events / 4 : events, cancellationToken);
            }
        }
    }

    private static async Task RunAsync(BenchReport report, string store, int batch, int events, CancellationToken cancellationToken)
    {
        var options = SequencingOptions.Default with { BatchEvents = batch, QueueEvents = Math.Max(100_000, 4 * batch), QueueBytes = 1L << 30 };
        await using var audit = await AuditUnderBench.StartAsync(store, options, cancellationToken);
        var maker = new EventMaker(audit.Get<RecordWriter>());
        var records = maker.Records(events);
        var queue = audit.Get<AuditQueue>();
        var sequencer = audit.Get<Sequencer>();

        // The first batch makes the log, its key and everything that is compiled at first use.
        queue.TryAdd(Submission.Of(maker.Record()));
        await sequencer.RunOnceAsync(cancellationToken);
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (processor, start) = (process.TotalProcessorTime, TimeProvider.System.GetTimestamp());
        var feeding = Task.Run(() => FeedAsync(queue, records, cancellationToken), cancellationToken);
        while (!feeding.IsCompleted || queue.Events > 0)
        {
            if (!await sequencer.RunOnceAsync(cancellationToken) && queue.Events == 0)
            {
                await Task.Yield();
            }
        }

        await feeding;
        var elapsed = TimeProvider.System.GetElapsedTime(start);
        process.Refresh();
        var log = await audit.Get<AuditDatabase>().ReadAsync(static session => LogRows.FindAsync(session, "acme"), cancellationToken);
        if (log?.Size != events + 1)
        {
            throw new InvalidOperationException($"{events + 1} events were recorded and {log?.Size} are in the log.");
        }

        var what = string.Create(CultureInfo.InvariantCulture, $"append, {store}, batches of {batch:N0}, {records.Average(static record => record.Body.Length):N0} bytes each");
        report.Add(what, events / elapsed.TotalSeconds, "events/s");
        report.Add(what + ", processor", (process.TotalProcessorTime - processor).TotalMicroseconds / events, "µs/event");
    }

    private static async Task FeedAsync(AuditQueue queue, PreparedRecord[] records, CancellationToken cancellationToken)
    {
        foreach (var record in records)
        {
            var submission = Submission.Of(record);
            while (!queue.TryAdd(submission))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
            }
        }
    }
}
