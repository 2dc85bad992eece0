using System.Globalization;
using Signalbox.Audit.Bench.Writing;
using Signalbox.Server.Audit.Archives;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Sequencing;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Audit.Verification;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Audit.Bench.Proving;

/// <summary>Times full verification of a log in SQLite and in an archive, and proofs of inclusion.</summary>
internal static class ProvingBenchmark
{
    private const string Tenant = "acme";
    private const int BatchSize = 16_384;
    private const int Rounds = 3;
    private const int Proofs = 1000;

    private static readonly TimeProvider Clock = TimeProvider.System;

    public static async Task RunAsync(int events, CancellationToken cancellationToken)
    {
        await using var bench = await AuditUnderBench.StartAsync("sqlite", SequencingOptions.Default with { BatchEvents = BatchSize, QueueEvents = 4 * BatchSize, QueueBytes = 1L << 30 }, cancellationToken);
        await SeedAsync(bench, events, cancellationToken);
        var data = Path.Combine(bench.Folder, "data");
        for (var round = 0; round < Rounds; round++)
        {
            await using var store = new StoreLogSource(
                StoreConnections.ForFile(Path.Combine(data, AuditDatabase.FileName), Clock), StoreConnections.ForFile(Path.Combine(data, ControlDatabase.FileName), Clock), new KeyOptions { Origin = "audit.bench" }, Tenant);
            await VerifyAsync("SQLite", store, cancellationToken);
        }

        var file = Path.Combine(bench.Folder, "log.tar.gz");
        await ExportAsync(bench, file, cancellationToken);
        for (var round = 0; round < Rounds; round++)
        {
            await using var archive = ArchiveSource.Open(file);
            await VerifyAsync("archive", archive, cancellationToken);
        }

        await ProveAsync(bench, cancellationToken);
    }

    private static async Task SeedAsync(AuditUnderBench bench, int events, CancellationToken cancellationToken)
    {
        var records = new EventMaker(bench.Get<RecordWriter>()).Records(BatchSize);
        var (queue, sequencer) = (bench.Get<AuditQueue>(), bench.Get<Sequencer>());
        for (var done = 0; done < events; done += BatchSize)
        {
            foreach (var record in records.Take(events - done))
            {
                queue.TryAdd(Submission.Of(record));
            }

            while (queue.Events > 0)
            {
                await sequencer.RunOnceAsync(cancellationToken);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{events:N0} events of {records.Average(static record => record.Body.Length):N0} bytes"));
    }

    private static async Task VerifyAsync(string name, ILogSource source, CancellationToken cancellationToken)
    {
        var start = Clock.GetTimestamp();
        var (report, _) = await new LogVerifier(source, []).RunAsync(null, progress: null, cancellationToken);
        var seconds = Clock.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {report.Checked:N0} events in {seconds:F2} s, {report.Checked / seconds:N0} a second, {(report.Ok ? "right" : "WRONG")}"));
    }

    private static async Task ExportAsync(AuditUnderBench bench, string file, CancellationToken cancellationToken)
    {
        var control = bench.Get<ControlDatabase>();
        var export = new LogExport(bench.Get<AuditDatabase>(), (tenant, token) => control.ReadAsync(session => KnownKey.ListAsync(session, "audit.bench", tenant), token));
        var start = Clock.GetTimestamp();
        var plan = (await export.PlanAsync(Tenant, null, null, cancellationToken))!;
        await using (var output = File.Create(file))
        {
            await export.WriteArchiveAsync(plan, output, cancellationToken);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"export: {Clock.GetElapsedTime(start).TotalSeconds:F2} s, {new FileInfo(file).Length / 1e6:F0} MB"));
    }

    private static async Task ProveAsync(AuditUnderBench bench, CancellationToken cancellationToken)
    {
        var audit = bench.Get<AuditDatabase>();
        var log = (await audit.ReadAsync(session => LogRows.FindAsync(session, Tenant), cancellationToken))!;
        var random = new Random(1);
        var roots = new TileRoots();
        var times = new List<double>();
        for (var i = 0; i < Proofs; i++)
        {
            var start = Clock.GetTimestamp();
            await new ProofBuilder(new StoredContent(audit, log.Log), log.Size, roots).InclusionAsync(random.NextInt64(log.Size), log.Size, cancellationToken);
            times.Add(Clock.GetElapsedTime(start).TotalMilliseconds);
        }

        var first = times[0];
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"inclusion proof: first {first:F1} ms, p50 {times[Proofs / 2]:F2} ms, p99 {times[Proofs * 99 / 100]:F2} ms"));
    }
}
