using System.Globalization;
using System.Text.Json;
using Signalbox.Testing.Wire;

namespace Signalbox.Bench;

/// <summary>The measurements themselves, the same for every contender.</summary>
internal static class Measure
{
    /// <summary>Sends the whole stream and returns the seconds from the first request to the last acknowledgement.</summary>
    public static async Task<double> IngestAsync(Contender contender, Workload workload, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(workload.Requests.Select(async group =>
        {
            foreach (var body in group)
            {
                using var content = RemoteWriteBody.Content(body);
                using var answer = await contender.Client.PostAsync(contender.WritePath, content, cancellationToken);
                if (!answer.IsSuccessStatusCode)
                {
                    throw new InvalidOperationException($"{contender.Name} refused a request with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
                }
            }
        }));
        return TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Asks each query as often as wanted, turn and turn about, and returns the medians in milliseconds.</summary>
    public static async Task<double[][]> QueriesAsync(IReadOnlyList<Contender> contenders, Workload workload, int runs, CancellationToken cancellationToken)
    {
        var medians = contenders.Select(static _ => new double[BenchQuery.All.Count]).ToArray();
        for (var query = 0; query < BenchQuery.All.Count; query++)
        {
            var times = contenders.Select(static _ => new List<double>()).ToArray();
            for (var run = 0; run < runs; run++)
            {
                for (var turn = 0; turn < contenders.Count; turn++)
                {
                    var index = (turn + run) % contenders.Count;
                    times[index].Add(await QueryAsync(contenders[index], BenchQuery.All[query], workload, cancellationToken));
                }
            }

            for (var index = 0; index < contenders.Count; index++)
            {
                medians[index][query] = Median(times[index]);
            }
        }

        return medians;
    }

    /// <summary>How many series and points each query gives, so that different answers do not pass for different speeds.</summary>
    public static async Task<IReadOnlyList<(int Series, int Points)>> ShapesAsync(Contender contender, Workload workload, CancellationToken cancellationToken)
    {
        var shapes = new List<(int Series, int Points)>();
        foreach (var query in BenchQuery.All)
        {
            await using var stream = await contender.Client.GetStreamAsync(PathOf(contender, query, workload), cancellationToken);
            using var json = await JsonDocument.ParseAsync(stream, default, cancellationToken);
            var result = json.RootElement.GetProperty("data").GetProperty("result");
            shapes.Add((result.GetArrayLength(), result.EnumerateArray().Sum(static series => series.GetProperty("values").GetArrayLength())));
        }

        return shapes;
    }

    /// <summary>Memory and processor use of a server that nobody asks anything, after a minute.</summary>
    public static async Task<(long ResidentBytes, double ProcessorShare)> IdleAsync(Contender contender, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(60), TimeProvider.System, cancellationToken);
        var started = TimeProvider.System.GetTimestamp();
        var before = ProcessFigures.ProcessorSeconds(contender.ProcessId);
        await Task.Delay(TimeSpan.FromSeconds(30), TimeProvider.System, cancellationToken);
        var share = (ProcessFigures.ProcessorSeconds(contender.ProcessId) - before) / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        return (ProcessFigures.Resident(contender.ProcessId), share);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static async Task<double> QueryAsync(Contender contender, BenchQuery query, Workload workload, CancellationToken cancellationToken)
    {
        var path = PathOf(contender, query, workload);
        var started = TimeProvider.System.GetTimestamp();
        using var answer = await contender.Client.GetAsync(path, cancellationToken);
        await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        var milliseconds = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
        answer.EnsureSuccessStatusCode();
        return milliseconds;
    }

    /// <summary>Steps lie seven seconds beside the samples, because Prometheus 2 and 3 differ on what falls exactly on a window's edge.</summary>
    private static string PathOf(Contender contender, BenchQuery query, Workload workload) => string.Create(
        CultureInfo.InvariantCulture,
        $"{contender.ApiPath}query_range?query={Uri.EscapeDataString(query.Expression)}&start={workload.Start + 7}&end={workload.End + 7}&step={Workload.StepSeconds}");
}
