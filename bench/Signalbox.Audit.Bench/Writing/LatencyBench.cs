using Microsoft.Extensions.Hosting;
using Signalbox.Sdk.Redaction;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Sequencing;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Redaction;

namespace Signalbox.Audit.Bench.Writing;

/// <summary>What recording a standard event adds to a request: eight requests at a time, a thousand a second in all, with the log being written beside them.</summary>
internal static class LatencyBench
{
    private const int Concurrent = 8;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(Concurrent);

    public static async Task RunAsync(BenchReport report, int requests, CancellationToken cancellationToken)
    {
        await using var audit = await AuditUnderBench.StartAsync("postgresql", SequencingOptions.Default, cancellationToken);
        var loop = new SequencerLoop(audit.Get<Sequencer>(), audit.Get<AuditQueue>(), audit.Get<Losses>(), audit.Get<SequencerState>(), audit.Get<SequencingOptions>(), TimeProvider.System);
        await ((IHostedService)loop).StartAsync(cancellationToken);
        var trail = audit.Get<AuditTrail>();
        await MeasureAsync(null, trail, requests / 10, cancellationToken);
        await MeasureAsync((report, "running"), trail, requests, cancellationToken);
        await audit.Server!.CrashAsync(cancellationToken);
        await MeasureAsync((report, "stopped"), trail, requests, cancellationToken);
        await audit.Server.StartAgainAsync(cancellationToken);
        await loop.StopAsync(cancellationToken);
    }

    private static async Task MeasureAsync((BenchReport Report, string What)? report, AuditTrail trail, int requests, CancellationToken cancellationToken)
    {
        var times = await Task.WhenAll(Enumerable.Range(0, Concurrent).Select(_ => Task.Run(
            async () =>
            {
                var maker = new EventMaker(new RecordWriter(TimeProvider.System, new ServerRedactor(Redactor.Default)));
                var own = new List<double>(requests / Concurrent);
                using var timer = new PeriodicTimer(Between, TimeProvider.System);
                for (var index = 0; index < requests / Concurrent && await timer.WaitForNextTickAsync(cancellationToken); index++)
                {
                    var auditEvent = maker.Event();
                    using var scope = AuditScope.Open(maker.Scope());
                    var start = TimeProvider.System.GetTimestamp();
                    trail.Record(auditEvent);
                    own.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
                }

                return own;
            },
            cancellationToken)));
        if (report is var (target, what))
        {
            var sorted = times.SelectMany(static own => own).Order().ToList();
            target.Add($"added to a request, database {what}, p50", sorted[sorted.Count / 2], "ms");
            target.Add($"added to a request, database {what}, p99", sorted[sorted.Count * 99 / 100], "ms");
            target.Add($"added to a request, database {what}, greatest", sorted[^1], "ms");
        }
    }
}
