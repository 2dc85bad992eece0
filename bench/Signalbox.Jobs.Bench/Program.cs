using System.Globalization;
using Signalbox.Jobs.Bench;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

if (args is ["quartz", var scenario, var store, var jobs, var batch])
{
    return await QuartzRun.MainAsync(Enum.Parse<Scenario>(scenario), store, int.Parse(jobs, CultureInfo.InvariantCulture), int.Parse(batch, CultureInfo.InvariantCulture), stop.Token);
}

await Console.Error.WriteLineAsync("Unknown arguments.");
return 2;
