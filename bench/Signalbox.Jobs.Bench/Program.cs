using System.Globalization;
using Signalbox.Jobs.Bench;

const string Help =
    """
    Measures the scheduler beside Quartz.NET's ADO job store.
      --jobs N            one-off jobs that are due at once, for the fires a second (default 5000)
      --store NAME        sqlite or postgresql (default both)
      --scenario NAME     throughput, latency or idle (default all)
    Or: chaos MINUTES SEED
      Torments three servers on one PostgreSQL and matches every fire with its runs; prints the contradictions.
    """;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

if (args is ["quartz", var scenarioName, var connection, var count, var batch])
{
    return await QuartzRun.MainAsync(Enum.Parse<Scenario>(scenarioName), connection, int.Parse(count, CultureInfo.InvariantCulture), int.Parse(batch, CultureInfo.InvariantCulture), stop.Token);
}

if (args is ["signalbox", var ownScenario, var control, var ownCount])
{
    Console.WriteLine((await SignalboxRun.RunAsync(Enum.Parse<Scenario>(ownScenario), control, int.Parse(ownCount, CultureInfo.InvariantCulture), stop.Token)).ToLine());
    return 0;
}

if (args is ["chaos", var minutes, var seed])
{
    return await ChaosRun.MainAsync(TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)), int.Parse(seed, CultureInfo.InvariantCulture), stop.Token);
}

var jobs = 5000;
string[] stores = ["SQLite", "PostgreSQL"];
var scenarios = Enum.GetValues<Scenario>();
for (var index = 0; index < args.Length; index += 2)
{
    switch (args[index], args.ElementAtOrDefault(index + 1))
    {
        case ("--jobs", { } text) when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out jobs) && jobs > 0:
            break;
        case ("--store", { } name) when stores.Contains(name, StringComparer.OrdinalIgnoreCase):
            stores = [.. stores.Where(store => store.Equals(name, StringComparison.OrdinalIgnoreCase))];
            break;
        case ("--scenario", { } name) when Enum.TryParse<Scenario>(name, ignoreCase: true, out var only):
            scenarios = [only];
            break;
        default:
            await Console.Error.WriteLineAsync(Help);
            return 2;
    }
}

Console.WriteLine(await new JobsBenchmark(jobs, stores, scenarios).RunAsync(stop.Token));
return 0;
