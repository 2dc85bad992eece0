using Signalbox.Bench;

BenchOptions options;
try
{
    if (args is ["--help"] or ["-h"])
    {
        await Console.Out.WriteLineAsync(BenchOptions.Help);
        return 0;
    }

    options = BenchOptions.Parse(args);
}
catch (FormatException exception)
{
    await Console.Error.WriteLineAsync($"{exception.Message}\n{BenchOptions.Help}");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
try
{
    return await new Benchmark(options).RunAsync(stop.Token);
}
catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException or IOException)
{
    await Console.Error.WriteLineAsync($"Stopped: {exception.Message}");
    return 1;
}
