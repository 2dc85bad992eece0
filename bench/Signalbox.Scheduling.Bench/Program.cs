using System.Globalization;
using Signalbox.Scheduling.Bench;

// What scheduling costs, beside Quartz in the same process. The first argument names the benchmark; `next` is the default.
// next [milliseconds a case (400)]: nanoseconds to find the next time of an expression.
var milliseconds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 400;
switch (args.Length > 0 ? args[0] : "next")
{
    case "next":
        NextOccurrenceBench.Run(TimeProvider.System, TimeSpan.FromMilliseconds(milliseconds));
        return 0;
    default:
        Console.Error.WriteLine($"There is no benchmark '{args[0]}'. Benchmarks: next.");
        return 64;
}
