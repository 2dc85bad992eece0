using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Signalbox.Telemetry.Metrics;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Program;

/// <summary>Writers that send without pause, and remember what the server acknowledged: the promise it has to keep.</summary>
internal sealed class Promise
{
    private const int Writers = 3;
    private const int Lanes = 4;
    private const int SamplesPerLane = 25;

    private readonly long _firstMilliseconds = TimeProvider.System.GetUtcNow().AddMinutes(-2).ToUnixTimeMilliseconds();
    private readonly int[] _next = new int[Writers];
    private readonly ConcurrentBag<(int Writer, int Request)> _acknowledged = [];

    public int Count => _acknowledged.Count;

    /// <summary>Sends until the server is gone or refuses because it stops; calls back after each acknowledgement.</summary>
    public Task KeepWritingAsync(Uri server, string token, Action acknowledged, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(writer, server, token, acknowledged, cancellationToken)));

    /// <summary>Asks for everything: each acknowledged sample has its value, and none is there twice.</summary>
    public async Task CheckAsync(Uri server, string token, CancellationToken cancellationToken)
    {
        using var calls = new MetricCalls(server, token);
        var stored = await calls.AskAsync("promised[15m]", cancellationToken);
        var counts = await calls.AskAsync("count_over_time(promised[15m])", cancellationToken);
        var values = stored.ToDictionary(KeyOf, static series => ValuesOf(series), StringComparer.Ordinal);

        var lost = new List<string>();
        foreach (var (writer, request) in _acknowledged)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                var there = values.GetValueOrDefault(Key(writer, lane)) ?? [];
                for (var sample = request * SamplesPerLane; sample < (request + 1) * SamplesPerLane; sample++)
                {
                    if (!there.TryGetValue(_firstMilliseconds + sample, out var value) || value != sample)
                    {
                        lost.Add($"writer {writer}, lane {lane}, sample {sample}");
                    }
                }
            }
        }

        Assert.True(lost.Count == 0, $"{lost.Count} acknowledged samples are lost: {string.Join("; ", lost.Take(10))}");
        Assert.All(counts, series => Assert.Equal(
            values[KeyOf(series)].Count.ToString(CultureInfo.InvariantCulture), series.GetProperty("value")[1].GetString()));
    }

    private static Dictionary<long, double> ValuesOf(JsonElement series)
    {
        var values = new Dictionary<long, double>();
        foreach (var point in series.GetProperty("values").EnumerateArray())
        {
            var milliseconds = (long)Math.Round(point[0].GetDouble() * 1000);
            Assert.True(values.TryAdd(milliseconds, double.Parse(point[1].GetString()!, CultureInfo.InvariantCulture)), $"{series.GetProperty("metric")} has two samples at {milliseconds}.");
        }

        return values;
    }

    private static string KeyOf(JsonElement series) => $"{series.GetProperty("metric").GetProperty("writer")}/{series.GetProperty("metric").GetProperty("lane")}";

    private static string Key(int writer, int lane) => string.Create(CultureInfo.InvariantCulture, $"{writer}/{lane}");

    private async Task WriteAsync(int writer, Uri server, string token, Action acknowledged, CancellationToken cancellationToken)
    {
        using var calls = new MetricCalls(server, token);
        try
        {
            while (true)
            {
                // A request without an answer is sent again by the next call, as Prometheus does: it may be in the store already.
                using var batch = Request(writer, _next[writer]);
                using var response = await calls.WriteAsync(batch, cancellationToken);
                if (!response.IsSuccessStatusCode)
                {
                    Assert.True((int)response.StatusCode >= 500, $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
                    return;
                }

                _acknowledged.Add((writer, _next[writer]++));
                acknowledged();
            }
        }
        catch (HttpRequestException)
        {
            // The server is gone, which is what the test is about.
        }
    }

    private MetricBatch Request(int writer, int request)
    {
        var batch = new MetricBatch();
        for (var lane = 0; lane < Lanes; lane++)
        {
            batch.BeginSeries();
            batch.AddLabel("__name__", "promised");
            batch.AddLabel("lane", lane.ToString(CultureInfo.InvariantCulture));
            batch.AddLabel("writer", writer.ToString(CultureInfo.InvariantCulture));
            Assert.True(batch.EndLabels());
            for (var sample = request * SamplesPerLane; sample < (request + 1) * SamplesPerLane; sample++)
            {
                batch.AddSample(_firstMilliseconds + sample, sample);
            }
        }

        return batch;
    }
}
