using System.Globalization;
using Signalbox.Scheduling.Bench;

// What scheduling costs, beside Quartz in the same process. The first argument names the benchmark; `next` is the default.
// locks [leases (1000)]: milliseconds to take and to give back a lease, on each provider, beside its plainest round trip.
// next [milliseconds a case (400)]: nanoseconds to find the next time of an expression.
var milliseconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 400;
switch (args.Length > 0 ? args[0] : "next")
{
    case "next":
        NextOccurrenceBench.Run(TimeProvider.System, TimeSpan.FromMilliseconds(milliseconds));
        return 0;
    case "locks":
        await LeaseBench.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1000, CancellationToken.None);
        return 0;
    default:
        Console.Error.WriteLine($"There is no benchmark '{args[0]}'. Benchmarks: next, locks.");
        return 64;
}
