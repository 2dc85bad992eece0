using System.Globalization;
using Signalbox.PromQL;
using Signalbox.PromQL.Bench;

// Range queries over series in memory: what the evaluator itself costs, without a store.
// Arguments: series (10000), steps (600), seconds a query may be repeated for (3).
int Argument(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
var source = new ArraySource(Argument(0, 10_000), samples: Argument(1, 600) + 25);
var steps = Argument(1, 600);
var clock = TimeProvider.System;
var engine = new PromQLEngine(new PromQLOptions { MaxSamples = 200_000_000 }, clock);
string[] queries =
[
    "requests_total",
    "sum(requests_total)",
    "rate(requests_total[5m])",
    "sum(rate(requests_total[5m]))",
    "sum by (path) (rate(requests_total[5m]))",
    "sum by (instance, path) (rate(requests_total[5m]))",
    "avg_over_time(requests_total[5m])",
    "max_over_time(requests_total[1h])",
    "topk(5, rate(requests_total[5m]))",
    "quantile(0.9, requests_total)",
    "requests_total * 2 + 1",
    "requests_total / on (instance, path, code) requests_total",
    "requests_total / on (instance) group_left () sum by (instance) (requests_total)",
    "count(requests_total > 100)",
    "requests_total and requests_total",
];
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{source.Count} series x {steps} steps, 15 s apart"));
foreach (var query in queries)
{
    List<double> milliseconds = [];
    long allocated = 0;
    var deadline = clock.GetTimestamp();
    while (milliseconds.Count < 3 || clock.GetElapsedTime(deadline).TotalSeconds < Argument(2, 3))
    {
        var before = GC.GetTotalAllocatedBytes();
        var started = clock.GetTimestamp();
        await engine.RangeAsync(source, query, 360_000, 360_000 + ((steps - 1) * 15_000L), 15_000, CancellationToken.None);
        milliseconds.Add(clock.GetElapsedTime(started).TotalMilliseconds);
        allocated = GC.GetTotalAllocatedBytes() - before;
    }

    milliseconds.Sort();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{milliseconds[milliseconds.Count / 2],9:F1} ms  {allocated / 1048576.0,8:F1} MiB allocated  {query}"));
}
