using System.Globalization;
using Signalbox.Runner.Bench.Reading;
using Signalbox.Runner.Bench.Starting;

const string Help =
    """
    Measures cicd-runner. RUNNER is the published program.
      start RUNNER [--rounds N]
        A command that does nothing: bare, under timeout, under systemd-run and under the runner, turn about; then the time until the command itself runs (default 40 rounds).
      wait RUNNER [--seconds N]
        What the runner uses while its command sleeps (default 60 s).
      parse [--megabytes N]
        Reads an agent's output of N MB (default 200) from memory: the runner, a tree of every line, and jq, turn about.
      memory [--rate N]
        What all readings hold on to during 8 hours of an agent's output at N lines a second (default 2), time-compressed.
    """;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

switch (args)
{
    case ["start", var runner, .. var rest] when Number(rest, "--rounds", 40) is { } rounds:
        StartBenchmark.Run(runner, rounds);
        FirstBenchmark.Run(runner, rounds);
        return 0;
    case ["wait", var runner, .. var rest] when Number(rest, "--seconds", 60) is { } seconds:
        await WaitBenchmark.RunAsync(runner, TimeSpan.FromSeconds(seconds), stop.Token);
        return 0;
    case ["parse", .. var rest] when Number(rest, "--megabytes", 200) is { } megabytes:
        ParseBenchmark.Run(megabytes, rounds: 5);
        return 0;
    case ["memory", .. var rest] when Number(rest, "--rate", 2) is { } rate:
        MemoryBenchmark.Run(hours: 8, rate);
        return 0;
    default:
        await Console.Error.WriteLineAsync(Help);
        return 2;
}

static int? Number(string[] rest, string name, int otherwise) => rest switch
{
    [] => otherwise,
    [var given, var text] when given == name && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 => value,
    _ => null,
};
