using System.Globalization;
using Signalbox.Audit.Bench.Proving;
using Signalbox.Audit.Bench.Querying;
using Signalbox.Audit.Bench.Writing;

const string Help =
    """
    Measures the audit log.
      query [--events N] [--store sqlite|postgresql|mysql] [--rounds N] [--plain]
        Builds a log of N events (default 10000000) and times each filter and some combinations, first and deep pages.
        --rounds N   searches of each kind (default 200)
        --plain      the same beside it on a table with an index for every column, as one would write it oneself
      terms
        Times taking the terms of a record, and writing the index of an era.
      append [--store sqlite|postgresql] [--events N]
        Durable events a second by size of the batch, with tree, index, checkpoint and fsync.
      instead [--store sqlite|postgresql] [--seconds N]
        What one would do otherwise: an INSERT a request, or a JSON line a request.
      prove [--events N]
        Full verification of a log of N events (default 1000000) in SQLite and in an archive, and proofs of inclusion.
      latency [--requests N]
        What recording an event adds to a request, with the database running and stopped.
    """;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

switch (args)
{
    case ["query", .. var rest] when QueryOptions.Parse(rest) is { } options:
        await QueryBenchmark.RunAsync(options, stop.Token);
        return 0;
    case ["prove"]:
        await ProvingBenchmark.RunAsync(1_000_000, stop.Token);
        return 0;
    case ["prove", "--events", var count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var events) && events > 0:
        await ProvingBenchmark.RunAsync(events, stop.Token);
        return 0;
    case ["terms"]:
        TermsBenchmark.Run();
        return 0;
    case [("append" or "instead" or "latency") and var scenario, .. var rest] when WritingOptions.Parse(rest) is { } options:
        await WritingBenchmark.RunAsync(scenario, options, stop.Token);
        return 0;
    default:
        await Console.Error.WriteLineAsync(Help);
        return 2;
}
