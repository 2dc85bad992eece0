using System.Globalization;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Audit.Bench.Querying;

/// <summary>Builds a log and times every kind of search in it.</summary>
internal static class QueryBenchmark
{
    private const int Page = 50;

    /// <summary>A plain table may need seconds for what it has no index for.</summary>
    private static readonly TimeSpan LongestPlain = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(QueryOptions options, CancellationToken cancellationToken)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        await using var store = await BenchStore.OpenAsync(options.Store, cancellationToken);
        var start = TimeProvider.System.GetTimestamp();
        await LogBuilder.BuildAsync(store, options.Events, cancellationToken);
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine($"{options.Store}, {options.Events:N0} events: built in {seconds:F1} s, {options.Events / seconds:N0}/s (rows and index, no tree)");
        await SizesAsync(store, cancellationToken);

        Console.WriteLine();
        Console.WriteLine("| search | found | first page p50 | p95 | deep page p50 | p95 | worst |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        var own = new Dictionary<string, (double[] First, double[] Deep)>(StringComparer.Ordinal);
        foreach (var query in QueryCase.All)
        {
            var (first, found) = await TimeAsync(store, query, options, deep: false, cancellationToken);
            var (deep, _) = await TimeAsync(store, query, options, deep: true, cancellationToken);
            own[query.Name] = (first, deep);
            Console.WriteLine($"| {query.Name} | {found} | {At(first, 0.5):F2} ms | {At(first, 0.95):F2} ms | {At(deep, 0.5):F2} ms | {At(deep, 0.95):F2} ms | {Math.Max(first[^1], deep[^1]):F1} ms |");
        }

        if (options.Plain)
        {
            await PlainAsync(store, options, own, cancellationToken);
        }
    }

    private static async Task PlainAsync(BenchStore store, QueryOptions options, Dictionary<string, (double[] First, double[] Deep)> own, CancellationToken cancellationToken)
    {
        var before = store.FileBytes;
        var start = TimeProvider.System.GetTimestamp();
        await PlainTable.BuildAsync(store.Database, options.Events, cancellationToken);
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine();
        Console.WriteLine($"A table with an index a column: built in {seconds:F1} s, {options.Events / seconds:N0}/s{(before > 0 ? $", {(store.FileBytes - before) / 1048576.0:N0} MB" : string.Empty)}");
        Console.WriteLine();
        Console.WriteLine("| search | first page p50 | of ours | p95 | of ours | deep page p50 | of ours | p95 | of ours |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var query in QueryCase.All)
        {
            var first = await TimePlainAsync(store, query, options, deep: false, cancellationToken);
            var deep = await TimePlainAsync(store, query, options, deep: true, cancellationToken);
            var ours = own[query.Name];
            Console.WriteLine($"| {query.Name} | {Beside(first, ours.First, 0.5)} | {Beside(first, ours.First, 0.95)} | {Beside(deep, ours.Deep, 0.5)} | {Beside(deep, ours.Deep, 0.95)} |");
        }
    }

    private static async Task<(double[] Milliseconds, double Found)> TimeAsync(BenchStore store, QueryCase query, QueryOptions options, bool deep, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        var found = 0.0;
        foreach (var one in Samples(options))
        {
            var start = TimeProvider.System.GetTimestamp();
            var page = await store.Search.RunAsync(LogBuilder.Tenant, query.Query(one), Page, deep ? options.Events / 2 : null, cancellationToken);
            times.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
            found += page.Items.Count;
        }

        return ([.. times.Order()], Math.Round(found / times.Count, 1));
    }

    private static async Task<double[]> TimePlainAsync(BenchStore store, QueryCase query, QueryOptions options, bool deep, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        var begun = TimeProvider.System.GetTimestamp();
        foreach (var one in Samples(options))
        {
            var start = TimeProvider.System.GetTimestamp();
            await store.Database.ReadAsync((ControlSession session) => PlainTable.ReadAsync(session, query, one, deep ? options.Events / 2 : null), cancellationToken);
            times.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
            if (TimeProvider.System.GetElapsedTime(begun) > LongestPlain)
            {
                break;
            }
        }

        return [.. times.Order()];
    }

    private static string Beside(double[] plain, double[] ours, double share) => $"{At(plain, share):F2} ms | {At(plain, share) / At(ours, share):F1} ×";

    private static IEnumerable<BenchEvent> Samples(QueryOptions options)
    {
        var random = new Random(42);
        return Enumerable.Range(0, options.Rounds).Select(_ => BenchEvent.Make(random.Next(options.Events)));
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    private static async Task SizesAsync(BenchStore store, CancellationToken cancellationToken)
    {
        var (bodies, postings, rows) = await store.Database.ReadAsync(
            static async (ControlSession session) => (
                await session.ValueAsync<long>("SELECT SUM(LENGTH(body)) FROM audit_events"),
                await session.ValueAsync<long>("SELECT COALESCE(SUM(LENGTH(postings)), 0) FROM audit_index"),
                await session.ValueAsync<long>("SELECT COUNT(*) FROM audit_index")),
            cancellationToken);
        Console.WriteLine($"bodies {bodies / 1048576.0:N0} MB, index {postings / 1048576.0:N0} MB in {rows:N0} rows of {postings / Math.Max(1.0, rows):N0} bytes{(store.FileBytes > 0 ? $", file {store.FileBytes / 1048576.0:N0} MB" : string.Empty)}");
    }
}
