using Signalbox.Testing.Services;

namespace Signalbox.Bench;

/// <summary>The order of the measurements.</summary>
internal sealed class Benchmark(BenchOptions options)
{
    private const double Mebibyte = 1024 * 1024;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(options.Server) || !File.Exists(DebianPackage.Prometheus.Program))
        {
            await Console.Error.WriteLineAsync($"Both {options.Server} (./run --build-only) and {DebianPackage.Prometheus.Program} (Debian package prometheus) are needed.");
            return 1;
        }

        Say($"Generating {options.Series} series");
        var workload = new Workload(options.Series, options.Minutes, TimeProvider.System.GetUtcNow());
        var report = new Report(options, workload);
        await MeasureSpeedAsync(workload, report, cancellationToken);
        await MeasureDiskAsync(report, cancellationToken);
        if (options.Idle)
        {
            await MeasureIdleAsync(report, cancellationToken);
        }

        await Console.Out.WriteLineAsync(report.ToString());
        if (options.Write)
        {
            await BenchmarksPage.WriteAsync(report.ToString(), cancellationToken);
        }

        return 0;
    }

    private static void Say(string what) => Console.Error.WriteLine($"== {what}");

    private async Task MeasureSpeedAsync(Workload workload, Report report, CancellationToken cancellationToken)
    {
        var seconds = new[] { new List<double>(), new List<double>() };
        for (var round = 1; ; round++)
        {
            Say($"Ingest, round {round} of {options.Rounds}");
            await using var prometheus = await PrometheusContender.StartAsync(cancellationToken);
            await using var signalbox = await SignalboxContender.StartAsync(options.Server, cancellationToken);
            Contender[] contenders = [prometheus, signalbox];
            foreach (var index in round % 2 == 1 ? new[] { 0, 1 } : [1, 0])
            {
                seconds[index].Add(await Measure.IngestAsync(contenders[index], workload, cancellationToken));
                Say(FormattableString.Invariant($"   {contenders[index].Name}: {workload.Samples / seconds[index][^1]:N0} samples/s"));
            }

            if (round < options.Rounds)
            {
                continue;
            }

            report.Row("ingest, samples/s", workload.Samples / Measure.Median(seconds[0]), workload.Samples / Measure.Median(seconds[1]), "N0", higherIsBetter: true);
            await MeasureQueriesAsync(contenders, workload, report, cancellationToken);
            report.Row(
                "peak memory, MiB", ProcessFigures.PeakResident(prometheus.ProcessId) / Mebibyte, ProcessFigures.PeakResident(signalbox.ProcessId) / Mebibyte, "N0", higherIsBetter: false);
            report.Row("log on disk after ingest, bytes/sample", prometheus.LogBytes() / (double)workload.Samples, signalbox.LogBytes() / (double)workload.Samples, "0.00", higherIsBetter: false);
            return;
        }
    }

    private async Task MeasureQueriesAsync(Contender[] contenders, Workload workload, Report report, CancellationToken cancellationToken)
    {
        Say("Comparing answers");
        var expected = await Measure.ShapesAsync(contenders[0], workload, cancellationToken);
        var found = await Measure.ShapesAsync(contenders[1], workload, cancellationToken);
        for (var query = 0; query < expected.Count; query++)
        {
            if (expected[query] != found[query])
            {
                throw new InvalidOperationException($"'{BenchQuery.All[query].Name}' gives {expected[query]} with Prometheus and {found[query]} with Signalbox; times of different answers say nothing.");
            }
        }

        Say($"Queries, {options.Runs} runs each");
        var medians = await Measure.QueriesAsync(contenders, workload, options.Runs, cancellationToken);
        for (var query = 0; query < BenchQuery.All.Count; query++)
        {
            var (series, points) = expected[query];
            report.Row($"{BenchQuery.All[query].Name} ({series} series, {points} points), ms", medians[0][query], medians[1][query], "0.00", higherIsBetter: false);
        }

        report.Row("all ten queries, ms", medians[0].Sum(), medians[1].Sum(), "0.0", higherIsBetter: false);
    }

    /// <summary>Feeds samples old enough to be moved out of memory, so that the compact form can be weighed.</summary>
    private async Task MeasureDiskAsync(Report report, CancellationToken cancellationToken)
    {
        Say("Disk");
        var old = new Workload(options.Series, options.Minutes, TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(3));
        await using var prometheus = await PrometheusContender.StartAsync(cancellationToken);
        await using var signalbox = await SignalboxContender.StartAsync(options.Server, cancellationToken);
        await Measure.IngestAsync(prometheus, old, cancellationToken);
        await Measure.IngestAsync(signalbox, old, cancellationToken);
        var bytes = (Prometheus: await prometheus.CompactBytesAsync(cancellationToken), Signalbox: await signalbox.CompactBytesAsync(cancellationToken));
        report.Row("compacted on disk, bytes/sample", bytes.Prometheus / (double)old.Samples, bytes.Signalbox / (double)old.Samples, "0.00", higherIsBetter: false);
    }

    private async Task MeasureIdleAsync(Report report, CancellationToken cancellationToken)
    {
        Say("Idle, a minute and a half");
        await using var prometheus = await PrometheusContender.StartAsync(cancellationToken);
        await using var signalbox = await SignalboxContender.StartAsync(options.Server, cancellationToken);
        var first = Measure.IdleAsync(prometheus, cancellationToken);
        var second = Measure.IdleAsync(signalbox, cancellationToken);
        var (resident, share) = await second;
        var (otherResident, otherShare) = await first;
        report.Row("idle after a minute: memory, MiB", otherResident / Mebibyte, resident / Mebibyte, "N0", higherIsBetter: false);
        report.Row("idle after a minute: % of one core", otherShare * 100, share * 100, "0.00", higherIsBetter: false);
    }
}
