using System.Globalization;

namespace Signalbox.Bench;

/// <summary>What is measured, and how often.</summary>
internal sealed record BenchOptions
{
    public const string Help =
        """
        Measures Signalbox beside Debian's Prometheus.
          --series N        series (default 10000)
          --minutes N       minutes of samples, one every 15 s (default 10)
          --rounds N        ingest rounds, each with fresh servers (default 3)
          --runs N          runs of each query (default 15)
          --no-idle         leave the minute of idling out
          --server FILE     the program to measure (default artifacts/publish/signalbox/signalbox)
          --write           write docs/benchmarks.md
        """;

    public int Series { get; private init; } = 10_000;

    public int Minutes { get; private init; } = 10;

    public int Rounds { get; private init; } = 3;

    public int Runs { get; private init; } = 15;

    public bool Idle { get; private init; } = true;

    public bool Write { get; private init; }

    public string Server { get; private init; } = Path.Combine("artifacts", "publish", "signalbox", "signalbox");

    /// <exception cref="FormatException">An argument is unknown or lacks its value.</exception>
    public static BenchOptions Parse(string[] arguments)
    {
        var options = new BenchOptions();
        for (var index = 0; index < arguments.Length; index++)
        {
            options = arguments[index] switch
            {
                "--series" => options with { Series = Number(arguments, ++index) },
                "--minutes" => options with { Minutes = Number(arguments, ++index) },
                "--rounds" => options with { Rounds = Number(arguments, ++index) },
                "--runs" => options with { Runs = Number(arguments, ++index) },
                "--server" => options with { Server = arguments.ElementAtOrDefault(++index) ?? throw new FormatException("--server needs a file.") },
                "--no-idle" => options with { Idle = false },
                "--write" => options with { Write = true },
                var other => throw new FormatException($"'{other}' is unknown."),
            };
        }

        return options;
    }

    private static int Number(string[] arguments, int index) =>
        index < arguments.Length && int.TryParse(arguments[index], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"{arguments[index - 1]} needs a number above 0.");
}
