using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signalbox.Jobs.Bench;

/// <summary>What a contender measured of itself; what a scenario does not measure is null.</summary>
internal sealed record Figures
{
    private const double TicksPerSecond = 100;

    public double? FiresPerSecond { get; init; }

    public double? P50Milliseconds { get; init; }

    public double? P99Milliseconds { get; init; }

    /// <summary>1 is one whole core.</summary>
    public double? ProcessorShare { get; init; }

    public static Figures OfLatencies(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        return new Figures { P50Milliseconds = sorted[sorted.Length / 2], P99Milliseconds = sorted[(int)(sorted.Length * 0.99)] };
    }

    /// <summary>Waits until the process has settled, then takes its processor time over half a minute.</summary>
    public static async Task<Figures> IdleAsync(int process, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, cancellationToken);
        var started = TimeProvider.System.GetTimestamp();
        var before = ProcessorSeconds(process);
        await Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, cancellationToken);
        return new Figures { ProcessorShare = (ProcessorSeconds(process) - before) / TimeProvider.System.GetElapsedTime(started).TotalSeconds };
    }

    public string ToLine() => JsonSerializer.Serialize(this, FiguresJson.Default.Figures);

    public static Figures Parse(string line) => JsonSerializer.Deserialize(line, FiguresJson.Default.Figures) ?? throw new InvalidOperationException($"Not figures: {line}");

    /// <summary>User and system time so far, in seconds.</summary>
    private static double ProcessorSeconds(int process)
    {
        var line = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));

        // The program's name stands in parentheses and may hold spaces; fields 14 and 15 count from before it.
        var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}

/// <summary>Serialises <see cref="Figures"/> between the processes.</summary>
[JsonSerializable(typeof(Figures))]
internal sealed partial class FiguresJson : JsonSerializerContext;
