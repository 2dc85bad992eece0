using Microsoft.Extensions.DependencyInjection;
using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry;
using Signalbox.Telemetry.Metrics;
using Signalbox.Testing.Server;

namespace Signalbox.Server.Tests.Ingest;

/// <summary>What tests ask of the server's store, past its API.</summary>
internal static class StoreQuestions
{
    private static readonly TimeWindow Always = new(0, long.MaxValue / 2);

    /// <summary>Samples of every series of a tenant that has the name, and the labels if any.</summary>
    public static async Task<IReadOnlyList<StoredSeries>> SeriesAsync(
        this TestServer server, TenantId tenant, string name, CancellationToken cancellationToken, params (string Name, string Value)[] labels)
    {
        var matchers = labels.Append((Labels.MetricName, name)).Select(static label => new LabelMatcher(label.Item1, MatchKind.Equal, label.Item2)).ToList();
        var found = await server.Services.GetRequiredService<IMetricStore>().Reader(tenant).SelectAsync(Always, matchers, cancellationToken);
        return [.. found.Select(series => Read(series, cancellationToken)).OrderBy(static series => series.Labels)];
    }

    /// <summary>Waits until the store has a series by that name; the test's own deadline ends the wait.</summary>
    public static async Task<StoredSeries> WaitForAsync(
        this TestServer server, TenantId tenant, string name, CancellationToken cancellationToken, params (string Name, string Value)[] labels)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            if (await server.SeriesAsync(tenant, name, cancellationToken, labels) is [var first, ..])
            {
                return first;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static StoredSeries Read(ISeries series, CancellationToken cancellationToken)
    {
        using var buffer = new SampleBuffer();
        series.Read(Always, buffer, cancellationToken);
        return new StoredSeries(series.Labels, buffer.Timestamps.ToArray(), buffer.Values.ToArray());
    }
}

/// <summary>A series as the store has it.</summary>
internal sealed record StoredSeries(Labels Labels, long[] Timestamps, double[] Values)
{
    public double Last => Values[^1];
}
